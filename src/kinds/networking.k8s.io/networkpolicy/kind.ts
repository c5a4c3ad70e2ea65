import type { NetworkPolicy } from '../../../api/generated/networking.v1';
import { formatLabelSelector } from '../../../api/selectors';
import type { Kind } from '../../kind';
import { age } from '../../printing';
import { networkPolicyStrategy } from './strategy';

export const networkPolicy: Kind<NetworkPolicy> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  singular: 'networkpolicy',
  shortNames: ['netpol'],
  namespaced: true,
  schema: 'io.k8s.api.networking.v1.NetworkPolicy',
  strategy: networkPolicyStrategy,
  columns: [{ name: 'Pod-Selector', value: ({ spec }) => formatLabelSelector(spec?.podSelector ?? {}) }, age],
};
