import type { ControllerRevision, StatefulSet } from '../../../api/generated/apps.v1';
import type { PersistentVolumeClaim, Pod, Volume } from '../../../api/generated/core.v1';
import { revisionLabel, templateOf } from '../../history';
import { podFromTemplate } from '../../pod-control';
import { statefulSets } from '../../resources';

const podNameLabel = 'statefulset.kubernetes.io/pod-name';
const podIndexLabel = 'apps.kubernetes.io/pod-index';

export const replicasOf = ({ spec }: StatefulSet): number => spec.replicas ?? 1;
export const firstOrdinal = ({ spec }: StatefulSet): number => spec.ordinals?.start ?? 0;

/** The number at the end of the name of a pod of this set; undefined for any other. */
export function ordinalOf(set: StatefulSet, { metadata: { name } }: Pod): number | undefined {
  const prefix = `${set.metadata.name}-`;
  const digits = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  return /^(0|[1-9][0-9]*)$/.test(digits) ? Number(digits) : undefined;
}

export function isInRange(set: StatefulSet, ordinal: number): boolean {
  return ordinal >= firstOrdinal(set) && ordinal < firstOrdinal(set) + replicasOf(set);
}

export const podName = (set: StatefulSet, ordinal: number): string => `${set.metadata.name}-${ordinal}`;

export const revisionOf = ({ metadata }: Pod): string | undefined => metadata.labels?.[revisionLabel];

/** The claims of one pod, as the templates would have them. */
export function claimsOf(set: StatefulSet, ordinal: number): { volume: string; claim: PersistentVolumeClaim }[] {
  const { name, namespace } = set.metadata;
  return (set.spec.volumeClaimTemplates ?? []).map((template) => ({
    volume: template.metadata.name,
    claim: {
      ...template,
      metadata: {
        ...template.metadata, name: `${template.metadata.name}-${name}-${ordinal}`, ...(namespace !== undefined && { namespace }),
        labels: { ...template.metadata.labels, ...set.spec.selector.matchLabels },
      },
    },
  }));
}

/** The pod of an ordinal, with the names that make it find its network identity and its storage again. */
export function newPod(set: StatefulSet, revision: ControllerRevision, ordinal: number): Pod {
  const pod = podFromTemplate(templateOf(revision), statefulSets, set);
  const name = podName(set, ordinal);
  const claims = claimsOf(set, ordinal);
  const volumes: Volume[] = [
    ...claims.map(({ volume, claim }) => ({ name: volume, persistentVolumeClaim: { claimName: claim.metadata.name } })),
    ...(pod.spec?.volumes ?? []).filter((known) => !claims.some(({ volume }) => volume === known.name)),
  ];
  return {
    ...pod,
    metadata: { ...pod.metadata, name, labels: { ...pod.metadata.labels, ...identityLabels(name, ordinal), [revisionLabel]: revision.metadata.name } },
    spec: {
      ...pod.spec!, hostname: name,
      ...(set.spec.serviceName && { subdomain: set.spec.serviceName }), ...(volumes.length > 0 && { volumes }),
    },
  };
}

const identityLabels = (name: string, ordinal: number) => ({ [podNameLabel]: name, [podIndexLabel]: String(ordinal) });

/** The pod with its identity restored, if somebody has taken it off. */
export function reidentified(pod: Pod, ordinal: number): Pod | undefined {
  if (pod.metadata.labels?.[podNameLabel] === pod.metadata.name) return undefined;
  return { ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, ...identityLabels(pod.metadata.name, ordinal) } } };
}
