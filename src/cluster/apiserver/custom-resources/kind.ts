import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from '../../../api/generated/apiextensions.v1';
import type { Unstructured } from '../../../api/meta';
import { coerce, resourceType, type Schema } from '../../../api/structural';
import type { FieldReader, Kind, Subresource, Verb } from '../../../kinds/kind';
import { customColumns } from './columns';
import { isTrue } from './conditions';
import { askedConversion, noneConversion } from './conversion';
import type { Convert } from './conversion-webhook';
import { valueAt } from '../registry/subresources/value-at';
import { customStrategy } from './strategy';

/** Nothing new is made of what is about to go. */
const terminatingVerbs: readonly Verb[] = ['delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** Makes the converter of a definition that has a webhook. */
export type Converters = (definition: CustomResourceDefinition) => Convert;

/** A Kind for each served version of a definition whose names were accepted. */
export function customKinds(definition: CustomResourceDefinition, converters: Converters): Kind[] {
  const convert = definition.spec.conversion?.strategy === 'Webhook' ? converters(definition) : undefined;
  const served = definition.spec.versions.filter((version) => version.served);
  const primary = served.find(({ storage }) => storage) ?? served[0];
  return served.map((version) => kindOf(definition, version, version === primary, convert) as Kind);
}

function kindOf(definition: CustomResourceDefinition, version: CustomResourceDefinitionVersion, isPrimary: boolean, convert: Convert | undefined): Kind<Unstructured> {
  const { spec: { group, scope, versions }, status } = definition;
  const names = status!.acceptedNames!;
  const schema = (version.schema?.openAPIV3Schema ?? {}) as Schema;
  const namespaced = scope === 'Namespaced';
  const { status: hasStatus, scale } = version.subresources ?? {};
  const storage = versions.find((one) => one.storage)?.name ?? version.name;
  const among = [group, version.name, storage, schema] as const;
  return {
    group, version: version.name, kind: names.kind, plural: names.plural, singular: names.singular ?? names.kind.toLowerCase(), namespaced,
    ...(names.shortNames?.length && { shortNames: names.shortNames }), ...(names.categories?.length && { categories: names.categories }),
    ...(names.listKind && names.listKind !== `${names.kind}List` && { listKind: names.listKind }),
    schema: [...group.split('.').reverse(), version.name, names.kind].join('.'),
    definition: { ...schema } as Record<string, unknown>,
    coerce: (object) => coerce(object, schema),
    fieldType: resourceType(schema),
    ...(!isPrimary && { storedAs: `${group}/${names.plural}` }),
    ...(isPlain(definition) ? {} : { conversion: convert ? askedConversion(...among, convert) : noneConversion(...among) }),
    ...(version.deprecated && { deprecation: version.deprecationWarning ?? `${group}/${version.name} ${names.kind} is deprecated` }),
    ...(isTrue(definition, 'Terminating') && { verbs: terminatingVerbs }),
    subresources: subresources(hasStatus !== undefined, scale !== undefined),
    ...(scale && { scale }),
    strategy: customStrategy({ schema, namespaced, hasStatus: hasStatus !== undefined, ...(scale && { scale }) }),
    columns: customColumns(version.additionalPrinterColumns),
    selectableFields: selectable(version),
  };
}

/** Every object was stored in the one version there is, by the one schema there ever was. */
const isPlain = ({ metadata, spec }: CustomResourceDefinition) => spec.versions.length === 1 && (metadata.generation ?? 1) === 1;

const subresources = (status: boolean, scale: boolean): Subresource[] => [...(status ? ['status' as const] : []), ...(scale ? ['scale' as const] : [])];

const selectable = ({ selectableFields = [] }: CustomResourceDefinitionVersion): Record<string, FieldReader<Unstructured>> =>
  Object.fromEntries((selectableFields ?? []).map(({ jsonPath }) => [jsonPath.slice(1), (object: Unstructured) => String(valueAt(object, jsonPath) ?? '')]));
