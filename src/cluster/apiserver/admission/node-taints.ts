import type { Taint } from '../../../api/generated/core.v1';
import { nodes } from '../../../kinds/resources';
import type { AdmissionPlugin } from '../registry/registry';
import { objectOf } from './request';

const notReady: Taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

/** A new node gets no pods before it is said to be ready. Source: k8s.io/kubernetes/plugin/pkg/admission/nodetaint. */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  operations: ['CREATE'],
  resources: [nodes],
  admit(request) {
    const node = objectOf(request, nodes);
    if (!node || node.spec?.taints?.some(({ key, effect }) => key === notReady.key && effect === notReady.effect)) return;
    node.spec = { ...node.spec, taints: [...(node.spec?.taints ?? []), { ...notReady }] };
  },
};
