import type { Clock, Random } from '../../api/clock';
import type { Metrics } from '../../api/metrics';
import type { Client } from '../../client/client';
import { createInformerSet, type InformerSet } from '../../client/informer';
import { kinds as builtInKinds } from '../../kinds';
import { reconcilers } from '../../kinds/reconcilers';
import { certificateSigningRequests, horizontalPodAutoscalers, resourceQuotas, type ResourceRef } from '../../kinds/resources';
import { startCertificateSigner, type SignCertificate } from './certificates';
import { startController, type Loop } from './controller';
import { startGarbageCollector } from './garbage-collector';
import { fixedKinds, type KindSource } from './kind-source';
import { startHorizontalPodAutoscaler } from './horizontal-pod-autoscaler';
import { noForeignContents, startNamespaceContents, type ForeignContents } from './namespace-contents';
import { queueMetrics } from './queue-metrics';
import { startResourceQuota } from './resource-quota';

export interface ControllersOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (line: string) => void;
  /** PEM of the cluster's CA, published to every namespace as kube-root-ca.crt. */
  readonly clusterCA?: string;
  /** Where the files of provisioned volumes are, on the host; without it none are made. */
  readonly volumesDirectory?: string;
  /** Signs for the cluster's CA; without it approved requests stay unsigned. */
  readonly signCertificate?: SignCertificate;
  /** Shared with other loops of the process, which then also ends them. Own ones when absent. */
  readonly informers?: InformerSet;
  /** What is collected as garbage and with namespaces: the built-in kinds when absent. */
  readonly kinds?: KindSource;
  /** What other servers hold of namespaces; nothing when absent. */
  readonly foreign?: ForeignContents;
  /** Where the queues tell how they are. */
  readonly metrics?: Metrics;
}

/** Runs all control loops until stopped. Stopping leaves no timer and no request behind. */
export function startControllers({ kinds = fixedKinds(builtInKinds), ...options }: ControllersOptions): Loop {
  const informers = options.informers ?? createInformerSet(options);
  const loopOptions = { ...options, informers, ...(options.metrics && { observeQueue: queueMetrics(options.metrics) }) };
  const loops = [
    ...reconcilers(options).filter(({ resource }) => serves(kinds, resource)).map((reconciler) => startController(reconciler, loopOptions)),
    startGarbageCollector(kinds, loopOptions),
    startNamespaceContents(kinds, options.foreign ?? noForeignContents, loopOptions),
    ...(serves(kinds, horizontalPodAutoscalers) ? [startHorizontalPodAutoscaler(kinds, loopOptions)] : []),
    ...(serves(kinds, resourceQuotas) ? [startResourceQuota(kinds, loopOptions)] : []),
    ...(options.signCertificate && serves(kinds, certificateSigningRequests) ? [startCertificateSigner(options.signCertificate, loopOptions)] : []),
  ];
  return {
    async stop() {
      if (!options.informers) informers.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

const serves = (kinds: KindSource, { group, plural }: ResourceRef): boolean =>
  kinds.all().some((kind) => kind.group === group && kind.plural === plural);
