import type { GoStruct } from './go-struct';

const list = (struct: GoStruct) => ({ list: { struct } });
const strings = { list: 'string' } as const;
const texts = { map: 'string' } as const;

const gvk: GoStruct = { name: 'resid.Gvk', fields: { group: 'string', version: 'string', kind: 'string' } };
const resId: GoStruct = { name: 'resid.ResId', fields: { name: 'string', namespace: 'string' }, embedded: { Gvk: gvk } };
export const selectorStruct: GoStruct = { name: 'types.Selector', fields: { annotationSelector: 'string', labelSelector: 'string' }, embedded: { ResId: resId } };
export const fieldSpecStruct: GoStruct = { name: 'types.FieldSpec', fields: { path: 'string', create: 'bool' }, embedded: { Gvk: gvk } };
const patch: GoStruct = { name: 'types.Patch', fields: { path: 'string', patch: 'string', target: { struct: selectorStruct }, options: { map: 'bool' } } };
export const imageStruct: GoStruct = { name: 'types.Image', fields: { name: 'string', newName: 'string', tagSuffix: 'string', newTag: 'string', digest: 'string' } };
const label: GoStruct = { name: 'types.Label', fields: { pairs: texts, includeSelectors: 'bool', includeTemplates: 'bool', fields: list(fieldSpecStruct) } };
const options: GoStruct = { name: 'types.GeneratorOptions', fields: { labels: texts, annotations: texts, disableNameSuffixHash: 'bool', immutable: 'bool' } };
const sources: GoStruct = { name: 'types.KvPairSources', fields: { literals: strings, files: strings, envs: strings, env: 'string' } };
const generatorArgs: GoStruct = {
  name: 'types.GeneratorArgs', fields: { namespace: 'string', name: 'string', behavior: 'string', options: { struct: options } }, embedded: { KvPairSources: sources },
};
export const configMapStruct: GoStruct = { name: 'types.ConfigMapArgs', fields: {}, embedded: { GeneratorArgs: generatorArgs } };
export const secretStruct: GoStruct = { name: 'types.SecretArgs', fields: { type: 'string' }, embedded: { GeneratorArgs: generatorArgs } };
const fieldOptions: GoStruct = { name: 'types.FieldOptions', fields: { delimiter: 'string', index: 'int', encoding: 'string', create: 'bool' } };
const source: GoStruct = { name: 'types.SourceSelector', fields: { fieldPath: 'string', options: { struct: fieldOptions } }, embedded: { ResId: resId } };
const target: GoStruct = {
  name: 'types.TargetSelector', fields: { select: { struct: selectorStruct }, reject: list(selectorStruct), fieldPaths: strings, options: { struct: fieldOptions } },
};
export const replacementStruct: GoStruct = { name: 'types.Replacement', fields: { source: { struct: source }, targets: list(target) } };
export const replacementFieldStruct: GoStruct = { name: 'types.ReplacementField', fields: { path: 'string' }, embedded: { Replacement: replacementStruct } };
export const replicaStruct: GoStruct = { name: 'types.Replica', fields: { name: 'string', count: 'int64' } };
const varTarget: GoStruct = { name: 'types.Target', fields: { apiVersion: 'string', name: 'string', namespace: 'string' }, embedded: { Gvk: gvk } };
const variable: GoStruct = {
  name: 'types.Var', fields: { name: 'string', objref: { struct: varTarget }, fieldref: { struct: { name: 'types.FieldSelector', fields: { fieldPath: 'string' } } } },
};
const sortOptions: GoStruct = {
  name: 'types.SortOptions',
  fields: { order: { named: 'types.SortOrder' }, legacySortOptions: { struct: { name: 'types.LegacySortOptions', fields: { orderFirst: strings, orderLast: strings } } } },
};
const helmChart: GoStruct = {
  name: 'types.HelmChart',
  fields: {
    name: 'string', version: 'string', repo: 'string', releaseName: 'string', namespace: 'string', additionalValuesFiles: strings, valuesFile: 'string',
    valuesInline: { map: 'any' }, valuesMerge: 'string', includeCRDs: 'bool', skipHooks: 'bool', apiVersions: strings, kubeVersion: 'string',
    nameTemplate: 'string', skipTests: 'bool', debug: 'bool',
  },
};
const helmChartArgs: GoStruct = {
  name: 'types.HelmChartArgs',
  fields: {
    chartName: 'string', chartVersion: 'string', chartRepoUrl: 'string', chartHome: 'string', chartRepoName: 'string', helmBin: 'string', helmHome: 'string',
    values: 'string', valuesLocal: { map: 'any' }, valuesMerge: 'string', releaseName: 'string', releaseNamespace: 'string', extraArgs: strings,
  },
};
export const metaStruct: GoStruct = { name: 'types.ObjectMeta', fields: { name: 'string', namespace: 'string', labels: texts, annotations: texts } };

/** A kustomization file. Source: api/types of kustomize. */
export const kustomizationStruct: GoStruct = {
  name: 'types.Kustomization',
  fields: {
    metadata: { struct: metaStruct }, openapi: texts, namePrefix: 'string', nameSuffix: 'string', namespace: 'string', commonLabels: texts, labels: list(label),
    commonAnnotations: texts, patchesStrategicMerge: { list: { named: 'types.PatchStrategicMerge' } }, patchesJson6902: list(patch), patches: list(patch),
    images: list(imageStruct), imageTags: list(imageStruct), replacements: list(replacementFieldStruct), replicas: list(replicaStruct), vars: list(variable),
    sortOptions: { struct: sortOptions }, resources: strings, components: strings, crds: strings, bases: strings, configMapGenerator: list(configMapStruct),
    secretGenerator: list(secretStruct), helmGlobals: { struct: { name: 'types.HelmGlobals', fields: { chartHome: 'string', configHome: 'string' } } },
    helmCharts: list(helmChart), helmChartInflationGenerator: list(helmChartArgs), generatorOptions: { struct: options }, configurations: strings,
    generators: strings, transformers: strings, validators: strings, buildMetadata: strings,
  },
  embedded: { TypeMeta: { name: 'types.TypeMeta', fields: { kind: 'string', apiVersion: 'string' } } },
};

export interface SelectorConfig {
  group?: string;
  version?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  labelSelector?: string;
  annotationSelector?: string;
}

export interface FieldSpecConfig {
  group?: string;
  version?: string;
  kind?: string;
  path?: string;
  create?: boolean;
}

export interface PatchConfig {
  path?: string;
  patch?: string;
  target?: SelectorConfig;
  options?: Record<string, boolean>;
}

export interface ImageConfig {
  name?: string;
  newName?: string;
  tagSuffix?: string;
  newTag?: string;
  digest?: string;
}

export interface GeneratorOptionsConfig {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  disableNameSuffixHash?: boolean;
  immutable?: boolean;
}

export interface GeneratorConfig {
  name?: string;
  namespace?: string;
  behavior?: string;
  literals?: string[];
  files?: string[];
  envs?: string[];
  env?: string;
  options?: GeneratorOptionsConfig;
  /** Of a Secret. */
  type?: string;
}

export interface FieldOptionsConfig {
  delimiter?: string;
  index?: number;
  encoding?: string;
  create?: boolean;
}

export interface ReplacementConfig {
  path?: string;
  source?: SelectorConfig & { fieldPath?: string; options?: FieldOptionsConfig };
  targets?: { select?: SelectorConfig; reject?: SelectorConfig[]; fieldPaths?: string[]; options?: FieldOptionsConfig }[];
}

export interface ReplicaConfig {
  name?: string;
  count?: number;
}

export interface VarConfig {
  name?: string;
  objref?: SelectorConfig & { apiVersion?: string };
  fieldref?: { fieldPath?: string };
}

export interface SortConfig {
  order?: string;
  legacySortOptions?: { orderFirst?: string[]; orderLast?: string[] };
}

export interface Kustomization {
  kind?: string;
  apiVersion?: string;
  metadata?: object;
  openapi?: Record<string, string>;
  namePrefix?: string;
  nameSuffix?: string;
  namespace?: string;
  commonLabels?: Record<string, string>;
  labels?: { pairs?: Record<string, string>; includeSelectors?: boolean; includeTemplates?: boolean; fields?: FieldSpecConfig[] }[];
  commonAnnotations?: Record<string, string>;
  patchesStrategicMerge?: string[];
  patchesJson6902?: PatchConfig[];
  patches?: PatchConfig[];
  images?: ImageConfig[];
  imageTags?: ImageConfig[];
  replacements?: ReplacementConfig[];
  replicas?: ReplicaConfig[];
  vars?: VarConfig[];
  sortOptions?: SortConfig;
  resources?: string[];
  components?: string[];
  crds?: string[];
  bases?: string[];
  configMapGenerator?: GeneratorConfig[];
  secretGenerator?: GeneratorConfig[];
  helmGlobals?: Record<string, unknown>;
  helmCharts?: Record<string, unknown>[];
  helmChartInflationGenerator?: Record<string, unknown>[];
  generatorOptions?: GeneratorOptionsConfig;
  configurations?: string[];
  generators?: string[];
  transformers?: string[];
  validators?: string[];
  buildMetadata?: string[];
}
