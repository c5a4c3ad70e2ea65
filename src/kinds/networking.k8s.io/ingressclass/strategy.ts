import type { FieldError } from '../../../api/errors';
import type { IngressClass, IngressClassParametersReference } from '../../../api/generated/networking.v1';
import {
  forbiddenField, immutable, invalidEach, isDNS1123Label, nameIsDNSSubdomain, notSupported, required, tooLong, validateObjectMeta, type Path,
} from '../../../api/validation';
import { validateDomainPrefixedPath } from '../../domain-prefixed-path';
import type { Strategy } from '../../kind';
import { validateTypedReference } from '../typed-reference';

const controllerMax = 250;
const scopes = ['Cluster', 'Namespace'];

function validateScope({ scope, namespace }: IngressClassParametersReference, path: Path): FieldError[] {
  if (scope === undefined) return [required(`${path}.scope`)];
  if (!scopes.includes(scope)) return [notSupported(`${path}.scope`, scope, scopes)];
  const at = `${path}.namespace`;
  if (scope === 'Cluster') return namespace === undefined ? [] : [forbiddenField(at, "`parameters.scope` is set to 'Cluster'")];
  return namespace === undefined ? [required(at, "`parameters.scope` is set to 'Namespace'")] : invalidEach(at, namespace, isDNS1123Label(namespace));
}

function validate({ metadata, spec }: IngressClass): FieldError[] {
  const { controller = '', parameters } = spec ?? {};
  return [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...(controller.length > controllerMax ? [tooLong('spec.controller', controllerMax)] : []),
    ...validateDomainPrefixedPath(controller, 'spec.controller'),
    ...(parameters ? [...validateTypedReference(parameters, 'spec.parameters'), ...validateScope(parameters, 'spec.parameters')] : []),
  ];
}

/** After SetDefaults_IngressClass, ValidateIngressClass and pkg/registry/networking/ingressclass/strategy.go. */
export const ingressClassStrategy: Strategy<IngressClass> = {
  setDefaults({ spec }) {
    if (spec?.parameters) spec.parameters.scope ??= 'Cluster';
  },
  validate,
  validateUpdate: ({ spec }, { spec: old }) => immutable('spec.controller', spec?.controller, old?.controller),
};
