import type { FieldError } from '../../../../api/errors';
import type { CustomResourceDefinition } from '../../../../api/generated/apiextensions.v1';
import { immutable, nameIsDNSSubdomain, validateObjectMeta } from '../../../../api/validation';
import { approvalErrors } from './approval';
import { specErrors } from './spec';
import { storedVersionErrors } from './status';

/** Source: ValidateCustomResourceDefinition. */
export function validateDefinition(definition: CustomResourceDefinition): FieldError[] {
  const { metadata, spec, status } = definition;
  const required = `${spec.names.plural}.${spec.group}`;
  return [
    ...validateObjectMeta(metadata, false, (name, prefix) => [
      ...nameIsDNSSubdomain(name, prefix), ...(name === required ? [] : ['must be spec.names.plural+"."+spec.group']),
    ]),
    ...specErrors(spec, 'spec'),
    ...storedVersionErrors(status?.storedVersions ?? [], spec.versions, 'status.storedVersions'),
    ...approvalErrors(definition),
  ];
}

/** Beside what holds for every definition. Source: validateCustomResourceDefinitionSpecUpdate. */
export function validateDefinitionUpdate({ spec }: CustomResourceDefinition, old: CustomResourceDefinition): FieldError[] {
  const isEstablished = old.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
  return [
    ...(isEstablished ? [...immutable('spec.scope', spec.scope, old.spec.scope), ...immutable('spec.names.kind', spec.names.kind, old.spec.names.kind)] : []),
    ...immutable('spec.group', spec.group, old.spec.group),
    ...immutable('spec.names.plural', spec.names.plural, old.spec.names.plural),
  ];
}
