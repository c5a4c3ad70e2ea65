import type { NetworkPolicy } from '../../../api/generated/networking.v1';
import type { Strategy } from '../../kind';
import { validateNetworkPolicy } from './validation';

/** After SetDefaults_NetworkPolicy and pkg/registry/networking/networkpolicy/strategy.go. */
export const networkPolicyStrategy: Strategy<NetworkPolicy> = {
  setDefaults({ spec }) {
    if (!spec) return;
    const { ingress, egress } = spec;
    for (const port of [...ingress ?? [], ...egress ?? []].flatMap(({ ports }) => ports ?? [])) port.protocol ??= 'TCP';
    if (!spec.policyTypes?.length) spec.policyTypes = egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
  },
  validate: validateNetworkPolicy,
};
