import type { Clock, Random } from '../../api/clock';
import type { Client } from '../../client/client';
import { createInformerSet, type InformerSet } from '../../client/informer';
import { reconcilers } from '../../kinds/reconcilers';
import { startController, type Loop } from './controller';

export interface ControllersOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (line: string) => void;
  /** PEM of the cluster's CA, published to every namespace as kube-root-ca.crt. */
  readonly clusterCA?: string;
  /** Shared with other loops of the process, which then also ends them. Own ones when absent. */
  readonly informers?: InformerSet;
}

/** Runs all control loops until stopped. Stopping leaves no timer and no request behind. */
export function startControllers(options: ControllersOptions): Loop {
  const informers = options.informers ?? createInformerSet(options);
  const loops = reconcilers.map((reconciler) => startController(reconciler, { ...options, informers }));
  return {
    async stop() {
      if (!options.informers) informers.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
