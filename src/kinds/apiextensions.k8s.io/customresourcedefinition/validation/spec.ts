import { deepEqual } from '../../../../api/equal';
import type { FieldError } from '../../../../api/errors';
import type { CustomResourceConversion, CustomResourceDefinitionSpec } from '../../../../api/generated/apiextensions.v1';
import { goSyntax } from '../../../../api/go/syntax';
import { forbiddenField, invalidValue, isDNS1035Label, isDNS1123Subdomain, notSupported, required, ShownAs } from '../../../../api/validation';
import { missingNames, nameErrors } from './names';
import { versionErrors } from './version';

/** Source: validateCustomResourceDefinitionSpec. */
export function specErrors(spec: CustomResourceDefinitionSpec, path: string): FieldError[] {
  const { versions } = spec;
  return [
    ...groupErrors(spec.group, `${path}.group`),
    ...oneOf(`${path}.scope`, spec.scope, ['Cluster', 'Namespaced']),
    ...versions.flatMap((version, at) => (version.schema?.openAPIV3Schema ? [] : [required(`${path}.versions[${at}].schema.openAPIV3Schema`, 'schemas are required')])),
    ...versions.flatMap((version, at) => [...labelErrors(version.name, `${path}.versions[${at}].name`), ...versionErrors(version, `${path}.versions[${at}]`)]),
    ...versionListErrors(spec, `${path}.versions`),
    ...missingNames(spec.names, `${path}.names`),
    ...nameErrors(spec.names, `${path}.names`),
    ...(spec.preserveUnknownFields
      ? [invalidValue(`${path}.preserveUnknownFields`, true, 'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead')] : []),
    ...conversionErrors(spec.conversion, `${path}.conversion`),
  ];
}

function groupErrors(group: string, path: string): FieldError[] {
  if (!group) return [required(path)];
  const wrong = isDNS1123Subdomain(group);
  if (wrong.length) return [invalidValue(path, group, wrong.join(','))];
  return group.includes('.') ? [] : [invalidValue(path, group, 'should be a domain with at least one dot')];
}

function oneOf(path: string, value: string | undefined, accepted: readonly string[]): FieldError[] {
  if (!value) return [required(path)];
  return accepted.includes(value) ? [] : [notSupported(path, value, accepted)];
}

function labelErrors(name: string, path: string): FieldError[] {
  const wrong = isDNS1035Label(name ?? '');
  return wrong.length ? [invalidValue(path, name, wrong.join(','))] : [];
}

function versionListErrors({ versions }: CustomResourceDefinitionSpec, path: string): FieldError[] {
  const wrong = (detail: string) => invalidValue(path, new ShownAs(goSyntax(versions)), detail);
  const names = versions.map(({ name }) => name);
  return [
    ...(new Set(names).size < names.length ? [wrong('must contain unique version names')] : []),
    ...(versions.filter(({ storage }) => storage).length === 1 ? [] : [wrong('must have exactly one version marked as storage version')]),
  ];
}

/** Webhooks are not called by this version: a definition that needs one is refused. */
function conversionErrors(conversion: CustomResourceConversion | undefined, path: string): FieldError[] {
  if (!conversion || deepEqual(conversion, { strategy: 'None' })) return [];
  if (conversion.strategy === 'Webhook') return [forbiddenField(`${path}.strategy`, 'conversion by webhook is not supported by this version of knarr: only None is')];
  return [
    ...oneOf(`${path}.strategy`, conversion.strategy, ['None', 'Webhook']),
    ...(conversion.webhook ? [forbiddenField(`${path}.webhookClientConfig`, 'should not be set when strategy is not set to Webhook')] : []),
  ];
}
