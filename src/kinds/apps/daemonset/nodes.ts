import type { DaemonSet } from '../../../api/generated/apps.v1';
import type { Affinity, Node, Pod, PodSpec, PodTemplateSpec, Toleration } from '../../../api/generated/core.v1';
import { labelSetMatcher } from '../../../api/selectors';
import { revisionLabel } from '../../history';
import { matchesNodeSelector } from '../../node-selector';
import { untoleratedTaint } from '../../taints';

const everywhere = (key: string, effect: Toleration['effect']): Toleration => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect: effect! });

/** A daemon belongs to its node whatever the node's state. After AddOrUpdateDaemonPodTolerations of pkg/controller/daemon/util. */
const daemonTolerations: readonly Toleration[] = [
  everywhere('not-ready', 'NoExecute'),
  everywhere('unreachable', 'NoExecute'),
  everywhere('disk-pressure', 'NoSchedule'),
  everywhere('memory-pressure', 'NoSchedule'),
  everywhere('pid-pressure', 'NoSchedule'),
  everywhere('unschedulable', 'NoSchedule'),
];
const hostNetworkToleration = everywhere('network-unavailable', 'NoSchedule');

const isSame = (a: Toleration, b: Toleration) =>
  a.key === b.key && a.effect === b.effect && a.operator === b.operator && (a.value ?? '') === (b.value ?? '');

function tolerationsOf({ tolerations = [], hostNetwork }: PodSpec): Toleration[] {
  const added = [...daemonTolerations, ...(hostNetwork ? [hostNetworkToleration] : [])];
  return [...tolerations, ...added.filter((each) => !tolerations.some((known) => isSame(known, each)))];
}

/** Pins the pod to a node, whatever else its node affinity requires: that has been looked at. */
function pinned(affinity: Affinity | undefined, nodeName: string): Affinity {
  const nodeSelectorTerms = [{ matchFields: [{ key: 'metadata.name', operator: 'In' as const, values: [nodeName] }] }];
  return { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

const generationLabel = 'pod-template-generation';
const generationAnnotation = 'deprecated.daemonset.template.generation';

const templateGeneration = ({ metadata }: DaemonSet): string | undefined => metadata.annotations?.[generationAnnotation];

/** The template of the pod on one node. */
export function podTemplate(set: DaemonSet, hash: string, nodeName: string): PodTemplateSpec {
  const { metadata, spec } = set.spec.template;
  const generation = templateGeneration(set);
  return {
    metadata: { ...metadata, name: metadata?.name ?? '', labels: { ...metadata?.labels, ...(generation && { [generationLabel]: generation }), [revisionLabel]: hash } },
    spec: { ...spec!, tolerations: tolerationsOf(spec!), affinity: pinned(spec!.affinity, nodeName) },
  };
}

export function isUpdated(set: DaemonSet, { metadata: { labels } }: Pod, hash: string): boolean {
  const generation = templateGeneration(set);
  return labels?.[revisionLabel] === hash || (generation !== undefined && labels?.[generationLabel] === generation);
}

/** The node that a pod is on, or, before it is, the one it was made for. */
export function targetNode({ spec }: Pod): string | undefined {
  if (spec?.nodeName) return spec.nodeName;
  const terms = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const pins = terms.flatMap(({ matchFields = [] }) => matchFields).filter(({ key, operator }) => key === 'metadata.name' && operator === 'In');
  return pins[0]?.values?.length === 1 ? pins[0].values[0] : undefined;
}

export interface Suitability {
  /** A pod should be there. */
  readonly shouldRun: boolean;
  /** One that is there may stay. */
  readonly mayStay: boolean;
}

/** After NodeShouldRunDaemonPod of pkg/controller/daemon. */
export function suitability(set: DaemonSet, node: Node): Suitability {
  const spec = set.spec.template.spec!;
  const { nodeSelector, affinity, nodeName } = spec;
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const isWanted = (!nodeName || nodeName === node.metadata.name)
    && labelSetMatcher(nodeSelector)(node.metadata.labels) && (!required || matchesNodeSelector(required, node));
  if (!isWanted) return { shouldRun: false, mayStay: false };
  const refuses = (...effects: string[]) => untoleratedTaint(node.spec?.taints, tolerationsOf(spec), effects) !== undefined;
  return { shouldRun: !refuses('NoSchedule', 'NoExecute'), mayStay: !refuses('NoExecute') };
}
