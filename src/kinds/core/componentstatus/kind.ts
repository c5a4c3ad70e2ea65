import type { ComponentCondition, ComponentStatus } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';

const healthOf = ({ conditions = [] }: ComponentStatus): ComponentCondition | undefined => conditions.find(({ type }) => type === 'Healthy');

function statusText(component: ComponentStatus): string {
  const health = healthOf(component);
  if (!health) return 'Unknown';
  return health.status === 'True' ? 'Healthy' : 'Unhealthy';
}

/** Computed when it is asked for. */
export const componentStatus: Kind<ComponentStatus> = {
  group: '',
  version: 'v1',
  kind: 'ComponentStatus',
  plural: 'componentstatuses',
  singular: 'componentstatus',
  shortNames: ['cs'],
  namespaced: false,
  schema: 'io.k8s.api.core.v1.ComponentStatus',
  deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  verbs: ['get', 'list'],
  strategy: {},
  columns: [
    { name: 'Status', value: statusText },
    { name: 'Message', value: (component) => healthOf(component)?.message ?? '' },
    { name: 'Error', value: (component) => healthOf(component)?.error ?? '' },
  ],
};
