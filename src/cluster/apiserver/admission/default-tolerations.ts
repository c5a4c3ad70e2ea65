import type { Toleration } from '../../../api/generated/core.v1';
import { pods } from '../../../kinds/resources';
import type { AdmissionPlugin } from '../registry/registry';
import { objectOf } from './request';

const tolerationSeconds = 300;
const conditions = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** Pods stay five minutes on a node that fails. Source: k8s.io/kubernetes/plugin/pkg/admission/defaulttolerationseconds. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  operations: ['CREATE', 'UPDATE'],
  resources: [pods],
  admit(request) {
    const pod = objectOf(request, pods);
    if (!pod) return;
    const { spec } = pod;
    const missing = conditions.filter((key) => !spec.tolerations?.some((toleration) => tolerates(toleration, key)));
    if (!missing.length) return;
    spec.tolerations = [...(spec.tolerations ?? []), ...missing.map((key): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds }))];
  },
};

const tolerates = ({ key, effect }: Toleration, condition: string) => (!key || key === condition) && (!effect || effect === 'NoExecute');
