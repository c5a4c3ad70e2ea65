import { deepEqual } from '../../../../api/equal';
import type { FieldError } from '../../../../api/errors';
import type { CustomResourceDefinition } from '../../../../api/generated/apiextensions.v1';
import { immutable, invalidValue, nameIsDNSSubdomain, validateObjectMeta } from '../../../../api/validation';
import { approvalErrors } from './approval';
import { bundleErrors } from './conversion';
import { specErrors } from './spec';
import { storedVersionErrors, validateStatus } from './status';

export { approvalOf } from './approval';

const isEstablished = ({ status }: CustomResourceDefinition) => status?.conditions?.some(({ type, status: holds }) => type === 'Established' && holds === 'True') ?? false;

/** Until it is established, and where it was so before. Source: allowInvalidCABundle. */
function mayKeepBundle(old: CustomResourceDefinition | undefined): boolean {
  if (!old || !isEstablished(old)) return true;
  return hasBadBundle(old);
}

/** Source: the check of EstablishingController. */
export const hasBadBundle = ({ spec: { conversion } }: CustomResourceDefinition): boolean => {
  const bundle = conversion?.webhook?.clientConfig?.caBundle;
  return Boolean(bundle && bundleErrors(bundle, '').length);
};

/** Source: findVersionsWithUnchangedSchemas. */
function keptSchemas({ spec }: CustomResourceDefinition, old: CustomResourceDefinition | undefined): ReadonlySet<string> {
  const before = new Map(old?.spec.versions.map(({ name, schema }) => [name, schema]));
  return new Set(spec.versions.filter(({ name, schema }) => before.has(name) && deepEqual(schema, before.get(name))).map(({ name }) => name));
}

/** Source: ValidateCustomResourceDefinition and ValidateCustomResourceDefinitionUpdate. */
export function validateDefinition(definition: CustomResourceDefinition, old?: CustomResourceDefinition): FieldError[] {
  const { metadata, spec, status } = definition;
  const required = `${spec.names.plural}.${spec.group}`;
  return [
    ...validateObjectMeta(metadata, false, (name, prefix) => [
      ...nameIsDNSSubdomain(name, prefix), ...(name === required ? [] : ['must be spec.names.plural+"."+spec.group']),
    ]),
    ...specErrors(spec, 'spec', { mayKeepBundle: mayKeepBundle(old), keptSchemas: keptSchemas(definition, old) }),
    ...validateStatus(definition),
    ...storedVersionErrors(status?.storedVersions ?? [], spec.versions, 'status.storedVersions'),
    ...approvalErrors(definition, old),
    ...(spec.preserveUnknownFields && !old?.spec.preserveUnknownFields
      ? [invalidValue('spec.preserveUnknownFields', true, 'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead')] : []),
  ];
}

/** Beside what holds for every definition. Source: validateCustomResourceDefinitionSpecUpdate. */
export function validateDefinitionUpdate({ spec }: CustomResourceDefinition, old: CustomResourceDefinition): FieldError[] {
  return [
    ...(isEstablished(old) ? [...immutable('spec.scope', spec.scope, old.spec.scope), ...immutable('spec.names.kind', spec.names.kind, old.spec.names.kind)] : []),
    ...immutable('spec.group', spec.group, old.spec.group),
    ...immutable('spec.names.plural', spec.names.plural, old.spec.names.plural),
  ];
}
