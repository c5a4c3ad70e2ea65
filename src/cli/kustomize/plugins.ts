import { toYaml } from '../../api/yaml';
import { imageOf, patchOf, selectorOf } from './config/convert';
import type { Kustomization, PatchConfig } from './config/types';
import { withPrefix, withPrefixAsync, wrapped } from './errors';
import { fieldSpecOf, type FieldSpecs } from './field-spec/config';
import { mergeFieldSpec, mergeFieldSpecs, type FieldSpec } from './field-spec/field-spec';
import { generate, withGlobalOptions } from './generators/generate';
import { gvkText, noGvk } from './ids/gvk';
import { resIdText } from './ids/res-id';
import type { Loader } from './loader/loader';
import { joinedPath, originOf, type Origin } from './resource/origin';
import type { Resource } from './resource/resource';
import { objectYaml } from './resource/text';
import type { Setting } from './setting';
import { builtinPlugins, type Generate } from './transformers/builtin';
import { helmRefusal } from './transformers/helm';
import { affixTransform } from './transformers/names';
import { json6902Transform, mergesTransform, patchTransform } from './transformers/patches';
import { loadReplacements } from './transformers/replacements';
import { entriesTransform, imagesTransform, namespaceTransform, replacementsTransform, replicasTransform } from './transformers/simple';
import type { Means, Transform, Transformer } from './transformers/transformer';

export interface Context {
  loader: Loader;
  setting: Setting;
  kustomization: Kustomization;
  fileName: string;
  origin: Origin | undefined;
  /** Configurations of plugins. */
  resourcesOf: (entries: readonly string[], what: string) => Promise<Resource[]>;
}

interface Generator {
  generate: Generate;
  origin: Origin | undefined;
  /** For errors. */
  shown: string;
}

/** Where a field of the kustomization comes from, as the origin of what it makes or changes. */
function builtinOrigin({ origin, fileName }: Context, kind: string): Origin | undefined {
  return origin && { repo: origin.repo ?? '', ref: origin.ref ?? '', configuredIn: joinedPath(origin.path, fileName), configuredBy: { apiVersion: 'builtin', kind } };
}

/** The generators of a kustomization's own fields, in kustomize's order. Source: kusttarget_configplugin.go of kustomize. */
export function builtinGenerators(context: Context): Promise<Generator[]> {
  const { loader, setting, kustomization } = context;
  const of = (field: 'configMapGenerator' | 'secretGenerator', kind: 'ConfigMap' | 'Secret'): Generator[] => (kustomization[field] ?? []).map((config) => {
    const options = withGlobalOptions(config.options, kustomization.generatorOptions);
    return {
      generate: async () => [await generate(kind, { ...config, ...(options && { options }) }, loader, setting.schemas)],
      origin: builtinOrigin(context, `${kind}Generator`), shown: `${kind}Generator`,
    };
  });
  const generators = [...of('configMapGenerator', 'ConfigMap'), ...of('secretGenerator', 'Secret')];
  for (const chart of kustomization.helmCharts ?? []) {
    const config = toYaml({ ...kustomization.helmGlobals, ...chart });
    return Promise.reject(configError('HelmChartInflationGenerator', config, helmRefusal(setting)));
  }
  return Promise.resolve(generators);
}

const configError = (kind: string, config: string, error: unknown) => wrapped(error, `trouble configuring builtin ${kind} with config: \`\n${config}\``);

/** Makes a transformer; what is wrong with its configuration is told with it. */
async function configured(kind: string, config: object, make: (shown: string) => Promise<Transform>): Promise<Transform> {
  const shown = toYaml(config);
  try {
    return await make(shown);
  } catch (error) {
    throw configError(kind, shown, error);
  }
}

type Maker = (context: Context & { means: Means }, specs: FieldSpecs) => Promise<Transform[]>;

async function forEach<T>(items: readonly T[] | undefined, make: (item: T) => Promise<Transform> | Transform): Promise<Transform[]> {
  const made: Transform[] = [];
  for (const item of items ?? []) made.push(await make(item));
  return made;
}

/** Without what Go omits when it is empty. */
const given = (config: object): object => Object.fromEntries(Object.entries(config).filter(([, value]) =>
  value !== undefined && value !== '' && value !== false && value !== 0 && !(typeof value === 'object' && value !== null && Object.keys(value as object).length === 0)));

const shownPatch = ({ path, patch, target, options }: PatchConfig, name: 'patch' | 'jsonOp') =>
  ({ ...given({ path, [name]: patch, options }), ...(target && { target: given(target) }) });

/** In the order in which they are applied. */
const makers: [kind: string, make: Maker][] = [
  ['PatchStrategicMergeTransformer', async ({ kustomization: { patchesStrategicMerge: paths = [] }, means }) =>
    (paths.length ? [await configured('PatchStrategicMergeTransformer', { paths }, () => mergesTransform(paths, '', means))] : [])],
  ['PatchTransformer', ({ kustomization, means }) =>
    forEach(kustomization.patches, (patch) => configured('PatchTransformer', shownPatch(patch, 'patch'), (shown) => patchTransform(patchOf(patch), shown, means)))],
  ['NamespaceTransformer', ({ kustomization: { namespace } }, specs) =>
    Promise.resolve(namespace ? [namespaceTransform({ namespace, specs: specs.namespace, unsetOnly: false, subjects: 'defaultOnly' })] : [])],
  ['PrefixTransformer', ({ kustomization: { namePrefix } }, specs) => Promise.resolve(namePrefix ? [affixTransform('prefix', namePrefix, specs.namePrefix)] : [])],
  ['SuffixTransformer', ({ kustomization: { nameSuffix } }, specs) => Promise.resolve(nameSuffix ? [affixTransform('suffix', nameSuffix, specs.nameSuffix)] : [])],
  ['LabelTransformer', ({ kustomization }, specs) => Promise.resolve(labelTransforms(kustomization, specs))],
  ['AnnotationsTransformer', ({ kustomization: { commonAnnotations = {} } }, specs) =>
    Promise.resolve(Object.keys(commonAnnotations).length ? [entriesTransform(commonAnnotations, specs.commonAnnotations)] : [])],
  ['PatchJson6902Transformer', ({ kustomization, means }) => forEach(kustomization.patchesJson6902, (patch) =>
    configured('PatchJson6902Transformer', shownPatch(patch, 'jsonOp'), () =>
      json6902Transform({ path: patch.path ?? '', jsonOp: patch.patch ?? '', ...(patch.target && { target: selectorOf(patch.target) }) }, means)))],
  ['ReplicaCountTransformer', ({ kustomization }, specs) => forEach(kustomization.replicas, ({ name = '', count = 0 }) => replicasTransform(name, count, specs.replicas))],
  ['ImageTagTransformer', ({ kustomization }, specs) => forEach(kustomization.images, (image) => imagesTransform(imageOf(image), specs.images))],
  ['ReplacementTransformer', async ({ kustomization: { replacements = [] }, means }) => (replacements.length
    ? [await configured('ReplacementTransformer', { Replacements: replacements }, async () => replacementsTransform(await loadReplacements(replacements, means)))] : [])],
];

const metadataLabels: FieldSpec = { ...noGvk, path: 'metadata/labels', create: true };

function labelTransforms({ labels = [], commonLabels = {} }: Kustomization, specs: FieldSpecs): Transform[] {
  if (!labels.length && !Object.keys(commonLabels).length) return [];
  const own = labels.map(({ pairs, includeSelectors, includeTemplates, fields = [] }) => withPrefix('failed to merge labels', () => {
    let places = mergeFieldSpecs(fields.map(fieldSpecOf), specs.labels);
    if (includeSelectors) places = mergeFieldSpecs(places, specs.commonLabels);
    else {
      if (includeTemplates) places = withPrefix('failed to merge template fieldSpec', () => mergeFieldSpecs(places, specs.templateLabels));
      places = mergeFieldSpec(places, metadataLabels);
    }
    return entriesTransform(pairs, places);
  }));
  return [...own, entriesTransform(commonLabels, specs.commonLabels)];
}

/** The transformers of a kustomization's own fields. */
export async function builtinTransformers(context: Context, specs: FieldSpecs): Promise<Transformer[]> {
  const means: Means = { loader: context.loader, schemas: context.setting.schemas };
  const all: Transformer[] = [];
  for (const [kind, make] of makers) {
    const origin = builtinOrigin(context, kind);
    all.push(...(await make({ ...context, means }, specs)).map((transform) => ({ transform, origin })));
  }
  return all;
}

/** What a plugin's configuration is, as the origin of what it makes or changes. */
function pluginOrigin(resource: Resource): Origin | undefined {
  const origin = originOf(resource);
  if (!origin) return undefined;
  const { kind, name, namespace, gvk } = resource;
  const apiVersion = gvk.group ? `${gvk.group}/${gvk.version}` : gvk.version;
  return { repo: origin.repo ?? '', ref: origin.ref ?? '', configuredIn: origin.path ?? '', configuredBy: { apiVersion, kind, name, namespace } };
}

/** The plugins of `generators`, `transformers` or `validators`. Only kustomize's own are run. */
export async function loadPlugins(context: Context, entries: readonly string[], what: 'generator'): Promise<Generator[]>;
export async function loadPlugins(context: Context, entries: readonly string[], what: 'transformer'): Promise<Transformer[]>;
export async function loadPlugins(context: Context, entries: readonly string[], what: 'generator' | 'transformer'): Promise<(Generator | Transformer)[]> {
  const all: (Generator | Transformer)[] = [];
  for (const resource of await context.resourcesOf(entries, what)) {
    const plugin = await (what === 'generator' ? withPrefixAsync('failed to load generator', () => loadPlugin(context, resource)) : loadPlugin(context, resource));
    const origin = pluginOrigin(resource);
    if (what === 'generator' && 'generate' in plugin) all.push({ generate: plugin.generate, origin, shown: resource.kind });
    else if (what === 'transformer' && 'transform' in plugin) all.push({ transform: plugin.transform, origin });
    else throw new Error(`${what === 'generator' ? 'failed to load generator: ' : ''}plugin ${resIdText(resource.originalId)} not a ${what}`);
  }
  return all;
}

async function loadPlugin({ loader, setting }: Context, resource: Resource): Promise<{ generate: Generate } | { transform: Transform }> {
  const { gvk } = resource;
  const id = resIdText(resource.originalId);
  if (gvk.group !== '' || gvk.version !== 'builtin') throw pluginRefusal(setting, resource.originalId.kind);
  const plugin = Object.hasOwn(builtinPlugins, gvk.kind) ? builtinPlugins[gvk.kind] : undefined;
  if (!plugin) throw new Error(`unable to load builtin ${gvkText(gvk)}`);
  const text = withPrefix(`marshalling yaml from res ${id}`, () => objectYaml(resource.object));
  return withPrefixAsync(`plugin ${id} fails configuration`, () => plugin(text, { loader, schemas: setting.schemas, helmEnabled: setting.helmEnabled }));
}

/** Programs and containers are not run, whatever the flags say. */
function pluginRefusal({ pluginsEnabled }: Setting, kind: string): Error {
  return new Error(pluginsEnabled ? `plugin '${kind}' is not run: only kustomize's own plugins are` : `external plugins disabled; unable to load external plugin '${kind}'`);
}
