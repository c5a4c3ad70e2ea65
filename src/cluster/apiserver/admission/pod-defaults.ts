import type { Pod, Toleration } from '../../../api/generated/core.v1';
import type { AdmissionPlugin } from '../registry/registry';

const tolerationSeconds = 300;
const conditions = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** Pods stay five minutes on a node that fails. Source: k8s.io/kubernetes/plugin/pkg/admission/defaulttolerationseconds. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  operations: ['CREATE', 'UPDATE'],
  admit({ kind, object, subresource }) {
    if (kind.group || kind.plural !== 'pods' || !object || subresource) return;
    const { spec } = object as unknown as Pod;
    const missing = conditions.filter((key) => !spec.tolerations?.some((toleration) => tolerates(toleration, key)));
    if (!missing.length) return;
    spec.tolerations = [...(spec.tolerations ?? []), ...missing.map((key): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds }))];
  },
};

const tolerates = ({ key, effect }: Toleration, condition: string) => (!key || key === condition) && (!effect || effect === 'NoExecute');

/** The priority of pods that name no class. Source: k8s.io/kubernetes/plugin/pkg/admission/priority. */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  operations: ['CREATE'],
  admit({ kind, object, subresource }) {
    if (kind.group || kind.plural !== 'pods' || !object || subresource) return;
    const { spec } = object as unknown as Pod;
    spec.priority ??= systemPriorities[spec.priorityClassName ?? ''] ?? 0;
    spec.preemptionPolicy ??= 'PreemptLowerPriority';
  },
};

/** The two classes that every cluster has. */
const systemPriorities: Readonly<Record<string, number>> = { 'system-cluster-critical': 2_000_000_000, 'system-node-critical': 2_000_001_000 };
