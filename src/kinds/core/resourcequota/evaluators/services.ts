import type { Service } from '../../../../api/generated/core.v1';
import { services } from '../../../resources';
import { count } from '../usage';
import { countName, coversAll, type Evaluator } from './evaluator';

const names = [countName(services), 'services', 'services.loadbalancers', 'services.nodeports'];

/** Ports count by intent: they may not be handed out yet. */
function nodePorts({ type, ports = [], allocateLoadBalancerNodePorts }: NonNullable<Service['spec']>): number {
  if (type === 'NodePort') return ports.length;
  if (type !== 'LoadBalancer') return 0;
  return allocateLoadBalancerNodePorts === false ? ports.filter(({ nodePort }) => nodePort).length : ports.length;
}

/** After k8s.io/kubernetes/pkg/quota/v1/evaluator/core/services.go. */
export const serviceEvaluator: Evaluator<Service> = {
  resource: services,
  charged: ['CREATE', 'UPDATE'],
  counts: (name) => names.includes(name),
  covers: coversAll,
  usage({ spec = {} }) {
    const amounts = [1, 1, spec.type === 'LoadBalancer' ? 1 : 0, nodePorts(spec)];
    return new Map(names.map((name, i) => [name, count(amounts[i]!)]));
  },
  shown: ({ spec }) => spec,
};
