import { timestamp } from '../../../api/clock';
import type { APIService, APIServiceCondition } from '../../../api/generated/apiregistration.v1';
import type { Column, Kind, Strategy } from '../../kind';
import { age } from '../../printing';
import { validateAPIService, validateAPIServiceStatus } from './validation';

/** Source: k8s.io/kube-aggregator/pkg/registry/apiservice/strategy.go. */
const strategy: Strategy<APIService> = {
  setDefaults({ spec }) {
    if (spec?.service) spec.service.port ??= 443;
  },
  prepareForCreate(service, { nowMs }) {
    service.status = service.spec.service ? {} : { conditions: [localCondition(nowMs)] };
  },
  validate: validateAPIService,
  validateStatusUpdate: validateAPIServiceStatus,
  generationOf: () => undefined,
  allowUnconditionalUpdate: false,
};

/** Source: NewLocalAvailableAPIServiceCondition. */
export const localCondition = (nowMs: number): APIServiceCondition =>
  ({ type: 'Available', status: 'True', lastTransitionTime: timestamp(nowMs), reason: 'Local', message: 'Local APIServices are always available' });

export const availability = ({ status }: APIService): APIServiceCondition | undefined => status?.conditions?.find(({ type }) => type === 'Available');

/** Source: ConvertToTable in k8s.io/kube-aggregator/pkg/registry/apiservice/etcd. */
function availableText(service: APIService): string {
  const { status = 'Unknown', reason } = availability(service) ?? {};
  return status === 'True' || !reason ? status : `${status} (${reason})`;
}

const columns: readonly Column<APIService>[] = [
  {
    name: 'Service', description: 'The reference to the service that hosts this API endpoint.',
    value: ({ spec: { service } }) => (service ? `${service.namespace}/${service.name}` : 'Local'),
  },
  { name: 'Available', description: 'Whether this service is available.', value: availableText },
  age,
];

export const apiServiceKind: Kind<APIService> = {
  group: 'apiregistration.k8s.io',
  version: 'v1',
  kind: 'APIService',
  plural: 'apiservices',
  singular: 'apiservice',
  categories: ['api-extensions'],
  namespaced: false,
  schema: 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService',
  subresources: ['status'],
  strategy,
  columns,
};
