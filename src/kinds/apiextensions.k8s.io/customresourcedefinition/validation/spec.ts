import type { FieldError } from '../../../../api/errors';
import type { CustomResourceDefinitionSpec, CustomResourceSubresources } from '../../../../api/generated/apiextensions.v1';
import { goSyntax } from '../../../../api/go/syntax';
import { someSchema, type Schema } from '../../../../api/structural';
import { invalidValue, isDNS1035Label, isDNS1123Subdomain, required, ShownAs } from '../../../../api/validation';
import { oneOf } from '../../../validating';
import { conversionErrors } from './conversion';
import { folded, type Folded, type VersionParts } from './folded';
import { missingNames, nameErrors } from './names';
import { columnErrors, deprecationErrors, schemaErrorsAt, subresourceErrors } from './version';
import { selectableErrors } from './selectable';

/** What is not held against a definition because it was so before. */
export interface Tolerance {
  /** A CA bundle that cannot be read is none of ours. */
  readonly mayKeepBundle: boolean;
  /** Versions whose schemas are as they were. */
  readonly keptSchemas: ReadonlySet<string>;
}

/** Source: validateCustomResourceDefinitionSpec. */
export function specErrors(spec: CustomResourceDefinitionSpec, path: string, { mayKeepBundle, keptSchemas }: Tolerance): FieldError[] {
  const { versions } = spec;
  const form = folded(spec);
  return [
    ...groupErrors(spec.group, `${path}.group`),
    ...oneOf(spec.scope, ['Cluster', 'Namespaced'], `${path}.scope`),
    ...versions.flatMap((version, at) => (version.schema?.openAPIV3Schema ? [] : [required(`${path}.versions[${at}].schema.openAPIV3Schema`, 'schemas are required')])),
    ...(spec.preserveUnknownFields && hasDefaults(spec) ? [invalidValue(`${path}.preserveUnknownFields`, true, 'must be false in order to use defaults in the schema')] : []),
    ...versionErrors(form, path, keptSchemas),
    ...versionListErrors(spec, `${path}.versions`),
    ...(versions.length ? labelErrors(versions[0]!.name, `${path}.version`) : []),
    ...missingNames(spec.names, `${path}.names`),
    ...nameErrors(spec.names, `${path}.names`),
    ...commonErrors(form, path, keptSchemas.has(versions[0]?.name ?? '')),
    ...conversionErrors(spec, `${path}.conversion`, mayKeepBundle),
  ];
}

const hasDefaults = ({ versions }: CustomResourceDefinitionSpec) =>
  versions.some(({ schema }) => someSchema(schema?.openAPIV3Schema as Schema | undefined, (one) => one.default !== undefined));

function groupErrors(group: string, path: string): FieldError[] {
  if (!group) return [required(path)];
  const wrong = isDNS1123Subdomain(group);
  if (wrong.length) return [invalidValue(path, group, wrong.join(','))];
  return group.includes('.') ? [] : [invalidValue(path, group, 'should be a domain with at least one dot')];
}

function labelErrors(name: string, path: string): FieldError[] {
  const wrong = isDNS1035Label(name ?? '');
  return wrong.length ? [invalidValue(path, name, wrong.join(','))] : [];
}

function versionErrors({ common, versions }: Folded, path: string, kept: ReadonlySet<string>): FieldError[] {
  return versions.flatMap((version, i) => {
    const at = `${path}.versions[${i}]`;
    const subresources = 'subresources' in common ? common.subresources : version.subresources;
    return [
      ...labelErrors(version.name, `${at}.name`),
      ...deprecationErrors(version, `${at}.deprecationWarning`),
      ...partErrors(version, subresources, at, { schema: `${at}.schema`, unserved: 'selectableFields may only be set when version.schema.openAPIV3Schema is not included', schemaOf: version.schema ?? common.schema, isKept: kept.has(version.name) }),
    ];
  });
}

const hasStatus = (subresources: CustomResourceSubresources | undefined) => Boolean(subresources?.status);

/** A schema of all versions is checked as one of a resource with a status where any version has one. */
function commonErrors({ common, versions }: Folded, path: string, isKept: boolean): FieldError[] {
  const withStatus = [common, ...versions].find(({ subresources }) => hasStatus(subresources))?.subresources;
  return partErrors(common, withStatus, path, { schema: `${path}.validation`, unserved: 'selectableFields may only be set when validations.schema is included', schemaOf: common.schema, isKept });
}

interface Naming {
  /** Where the schema is said to be. */
  readonly schema: string;
  /** What is said of selectable fields that no schema has. */
  readonly unserved: string;
  readonly schemaOf: VersionParts['schema'];
  readonly isKept: boolean;
}

function partErrors(parts: VersionParts, subresources: CustomResourceSubresources | undefined, path: string, { schema: schemaPath, unserved, schemaOf, isKept }: Naming): FieldError[] {
  const schema = parts.schema?.openAPIV3Schema as Schema | undefined;
  return [
    ...(schema ? schemaErrorsAt(schema, hasStatus(subresources), schemaPath, isKept) : []),
    ...subresourceErrors(parts.subresources, `${path}.subresources`),
    ...(parts.additionalPrinterColumns ?? []).flatMap((column, at) => columnErrors(column, `${path}.additionalPrinterColumns[${at}]`)),
    ...(!parts.selectableFields?.length ? [] : !schemaOf?.openAPIV3Schema
      ? [invalidValue(`${path}.selectableFields`, '', unserved)] : selectableErrors(parts.selectableFields, schemaOf.openAPIV3Schema as Schema, `${path}.selectableFields`)),
  ];
}

function versionListErrors({ versions }: CustomResourceDefinitionSpec, path: string): FieldError[] {
  const wrong = (detail: string) => invalidValue(path, new ShownAs(goSyntax(versions)), detail);
  const names = versions.map(({ name }) => name);
  return [
    ...(new Set(names).size < names.length ? [wrong('must contain unique version names')] : []),
    ...(versions.filter(({ storage }) => storage).length === 1 ? [] : [wrong('must have exactly one version marked as storage version')]),
  ];
}
