import type { IngressClass } from '../../../api/generated/networking.v1';
import type { Column, Kind } from '../../kind';
import { age } from '../../printing';
import { ingressClassStrategy } from './strategy';

function parametersText({ spec }: IngressClass): string {
  const parameters = spec?.parameters;
  return parameters ? `${parameters.kind}${typeof parameters.apiGroup === 'string' ? `.${parameters.apiGroup}` : ''}/${parameters.name}` : '<none>';
}

const columns: readonly Column<IngressClass>[] = [
  { name: 'Controller', value: ({ spec }) => spec?.controller ?? '' },
  { name: 'Parameters', value: parametersText },
  age,
];

export const ingressClass: Kind<IngressClass> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  singular: 'ingressclass',
  namespaced: false,
  schema: 'io.k8s.api.networking.v1.IngressClass',
  strategy: ingressClassStrategy,
  columns,
};
