import { fieldSpecStruct, type FieldSpecConfig } from '../config/types';
import type { GoStruct } from '../config/go-struct';
import { unmarshal } from '../config/plugin-config';
import { withPrefix } from '../errors';
import { equalGvk, gvkText } from '../ids/gvk';
import {
  defaultAnnotations, defaultCommonLabels, defaultImages, defaultNames, defaultNamespaces, defaultReplicas, defaultTemplateLabels, defaultVars,
} from './defaults';
import { fieldSpecText, mergeFieldSpecs, type FieldSpec } from './field-spec';
import { compareGvks } from './order';
import { defaultNameReferences, type NameReference } from './references';

const listNames = [
  'namePrefix', 'nameSuffix', 'namespace', 'commonLabels', 'labels', 'templateLabels', 'commonAnnotations', 'varReference', 'images', 'replicas',
] as const;
type ListName = (typeof listNames)[number];

/** Where each transformation takes place. */
export interface FieldSpecs extends Record<ListName, FieldSpec[]> {
  nameReference: NameReference[];
}

/** What a conflict in a list is called. */
const conflictNames: Record<ListName, string> = {
  namePrefix: 'NamePrefix', nameSuffix: 'NameSuffix', namespace: 'NameSpace', commonAnnotations: 'CommonAnnotations', commonLabels: 'CommonLabels', labels: 'Labels',
  templateLabels: 'TemplateLabels', varReference: 'VarReference', images: 'Images', replicas: 'Replicas',
};

export const noFieldSpecs = (): FieldSpecs =>
  ({ ...(Object.fromEntries(listNames.map((name) => [name, []])) as unknown as Record<ListName, FieldSpec[]>), nameReference: [] });

function sorted(specs: FieldSpecs): FieldSpecs {
  for (const name of listNames) specs[name].sort(compareGvks);
  specs.nameReference.sort(compareGvks);
  return specs;
}

export const defaultFieldSpecs = (): FieldSpecs => sorted({
  ...noFieldSpecs(),
  namePrefix: [...defaultNames], nameSuffix: [...defaultNames], namespace: [...defaultNamespaces], commonLabels: [...defaultCommonLabels],
  templateLabels: [...defaultTemplateLabels], commonAnnotations: [...defaultAnnotations], varReference: [...defaultVars], images: [...defaultImages],
  replicas: [...defaultReplicas], nameReference: [...defaultNameReferences],
});

export function mergeNameReference(references: readonly NameReference[], added: NameReference): NameReference[] {
  if (!references.some((known) => equalGvk(known, added))) return [...references, added];
  return references.map((known) => (equalGvk(known, added) ? { ...known, fieldSpecs: mergeFieldSpecs(known.fieldSpecs, added.fieldSpecs) } : known));
}

/** Both together. Throws for places that the two want to be made and not to be made. Source: TransformerConfig.Merge of kustomize. */
export function mergeAll(specs: FieldSpecs, added: FieldSpecs): FieldSpecs {
  const merged = noFieldSpecs();
  for (const name of listNames) {
    merged[name] = withPrefix(`failed to merge ${conflictNames[name]} fieldSpec`, () => mergeFieldSpecs(specs[name], added[name]));
  }
  merged.nameReference = withPrefix('failed to merge NameReference fieldSpec', () => added.nameReference.reduce(mergeNameReference, [...specs.nameReference]));
  return sorted(merged);
}

const referenceStruct: GoStruct = {
  name: 'builtinconfig.NameBackReferences', fields: { group: 'string', version: 'string', kind: 'string', fieldSpecs: { list: { struct: fieldSpecStruct } } },
};
const configStruct: GoStruct = {
  name: 'builtinconfig.TransformerConfig',
  fields: { ...Object.fromEntries(listNames.map((name) => [name, { list: { struct: fieldSpecStruct } }])), nameReference: { list: { struct: referenceStruct }, name: 'builtinconfig.nbrSlice' } },
};

export const fieldSpecOf = ({ group = '', version = '', kind = '', path = '', create = false }: FieldSpecConfig): FieldSpec => ({ group, version, kind, path, create });

/** A file of a kustomization's `configurations`. Throws for fields that it may not have. */
export function readFieldSpecs(text: string): FieldSpecs {
  type Config = Partial<Record<ListName, FieldSpecConfig[]>> & { nameReference?: (Omit<FieldSpecConfig, 'path'> & { fieldSpecs?: FieldSpecConfig[] })[] };
  const config = unmarshal<Config>(text, configStruct, true);
  const specs = noFieldSpecs();
  for (const name of listNames) specs[name] = (config[name] ?? []).map(fieldSpecOf);
  specs.nameReference = (config.nameReference ?? []).map(({ group = '', version = '', kind = '', fieldSpecs = [] }) =>
    ({ group, version, kind, fieldSpecs: fieldSpecs.map(fieldSpecOf) }));
  return sorted(specs);
}

const shownList = (list: readonly FieldSpec[]) => `[${list.map(fieldSpecText).join(' ')}]`;

/** `%v` of a TransformerConfig in Go. */
export function fieldSpecsText(specs: FieldSpecs): string {
  const references = specs.nameReference.map((reference) => `${gvkText(reference)}:  (\n${reference.fieldSpecs.map(fieldSpecText).join('\n')}\n)`);
  const order: (ListName | 'nameReference')[] =
    ['namePrefix', 'nameSuffix', 'namespace', 'commonLabels', 'labels', 'templateLabels', 'commonAnnotations', 'nameReference', 'varReference', 'images', 'replicas'];
  return `&{${order.map((name) => (name === 'nameReference' ? `[${references.join(' ')}]` : shownList(specs[name]))).join(' ')}}`;
}
