import { collectionNode, readNode } from '../../../api/yaml/document';
import { imageOf, patchOf, selectorOf } from '../config/convert';
import type { GoStruct } from '../config/go-struct';
import { unmarshal } from '../config/plugin-config';
import {
  configMapStruct, fieldSpecStruct, imageStruct, metaStruct, replacementFieldStruct, replicaStruct, secretStruct, selectorStruct,
  type FieldSpecConfig, type GeneratorConfig, type ImageConfig, type PatchConfig, type ReplacementConfig, type ReplicaConfig, type SelectorConfig,
} from '../config/types';
import { quote } from '../../../api/go/quote';
import { wrapped } from '../errors';
import { subjectModes } from '../filters/namespace';
import { fieldSpecOf } from '../field-spec/config';
import { generate } from '../generators/generate';
import { posix } from 'node:path';
import { Resource } from '../resource/resource';
import { affixTransform } from './names';
import { json6902Transform, mergesTransform, patchTransform } from './patches';
import { loadReplacements } from './replacements';
import { entriesTransform, hashTransform, imagesTransform, namespaceTransform, replacementsTransform, replicasTransform, valueTransform } from './simple';
import { helmRefusal } from './helm';
import type { Means, Transform } from './transformer';

export type Generate = () => Promise<Resource[]>;

export interface PluginMeans extends Means {
  helmEnabled: boolean;
}

/** What a configuration of `apiVersion: builtin` makes. `text` is the configuration as YAML. */
type Plugin = (text: string, means: PluginMeans) => Promise<{ generate: Generate } | { transform: Transform }>;

const texts = { map: 'string' } as const;
const specs = { fieldSpecs: { list: { struct: fieldSpecStruct } } } as const;
/** The configuration of a kind of plugin. */
const struct = (kind: string, fields: GoStruct['fields'], embedded?: GoStruct['embedded']): GoStruct => ({ name: `builtins.${kind}Plugin`, fields, ...(embedded && { embedded }) });

interface SpecsConfig {
  fieldSpecs?: FieldSpecConfig[];
}
const specsOf = ({ fieldSpecs = [] }: SpecsConfig) => fieldSpecs.map(fieldSpecOf);

const transformer = (make: (text: string, means: PluginMeans) => Transform | Promise<Transform>): Plugin =>
  async (text, means) => ({ transform: await make(text, means) });

const entriesPlugin = (kind: string, field: 'labels' | 'annotations'): Plugin => transformer((text) => {
  const config = unmarshal<SpecsConfig & Record<typeof field, Record<string, string> | undefined>>(text, struct(kind, { [field]: texts, ...specs }));
  return entriesTransform(config[field], specsOf(config));
});

const generatorPlugin = (kind: 'ConfigMap' | 'Secret', args: GoStruct): Plugin => (text, { loader, schemas }) => {
  const config = unmarshal<GeneratorConfig & { metadata?: { name?: string; namespace?: string } }>(text, struct(`${kind}Generator`, { metadata: { struct: metaStruct } }, { Args: args }));
  const { metadata, ...rest } = config;
  const named = { ...rest, name: rest.name || metadata?.name || '', namespace: rest.namespace || metadata?.namespace || '' };
  return Promise.resolve({ generate: async () => [await generate(kind, named, loader, schemas)] });
};

function affix(position: 'prefix' | 'suffix', text: string): Transform {
  const config = unmarshal<SpecsConfig & { prefix?: string; suffix?: string }>(text, struct(position === 'prefix' ? 'PrefixTransformer' : 'SuffixTransformer', { [position]: 'string', ...specs }));
  if (!config.fieldSpecs) throw new Error('fieldSpecs is not expected to be nil');
  return affixTransform(position, config[position] ?? '', specsOf(config));
}

type SubjectMode = (typeof subjectModes)[number];

const namespacePlugin = transformer((text) => {
  type Config = SpecsConfig & { metadata?: { namespace?: string }; unsetOnly?: boolean; setRoleBindingSubjects?: string };
  let config: Config;
  try {
    config = unmarshal<Config>(text, struct('NamespaceTransformer', { metadata: { struct: metaStruct }, unsetOnly: 'bool', setRoleBindingSubjects: { named: 'namespace.RoleBindingSubjectMode' }, ...specs }));
  } catch (error) {
    throw wrapped(error, 'unmarshalling NamespaceTransformer config');
  }
  const subjects = config.setRoleBindingSubjects || 'defaultOnly';
  if (!(subjectModes as readonly string[]).includes(subjects)) {
    throw new Error(`invalid value ${quote(subjects)} for setRoleBindingSubjects: must be one of "defaultOnly", "none" or "allServiceAccounts"`);
  }
  return namespaceTransform({ namespace: config.metadata?.namespace ?? '', specs: specsOf(config), unsetOnly: config.unsetOnly ?? false, subjects: subjects as SubjectMode });
});

const valueTarget: GoStruct = { name: 'builtins.Target', fields: { selector: { struct: selectorStruct }, fieldPath: 'string', filePathPosition: 'int' } };

interface ValueTargetConfig {
  selector?: SelectorConfig;
  fieldPath?: string;
  filePathPosition?: number;
}

const valuePlugin = transformer(async (text, { loader }) => {
  type Config = { value?: string; targets?: ValueTargetConfig[]; targetFilePath?: string };
  const targetsField = { targets: { list: { struct: valueTarget } } };
  const config = unmarshal<Config>(text, struct('ValueAddTransformer', { value: 'string', targetFilePath: 'string', ...targetsField }));
  const value = config.value?.trim() || posix.basename(loader.root);
  const targets = [...(config.targets ?? [])];
  if (config.targetFilePath) targets.push(...(unmarshal<Config>((await loader.load(config.targetFilePath)).toString('utf8'), struct('ValueAddTransformer', targetsField)).targets ?? []));
  if (!targets.length) throw new Error('must specify at least one target');
  return valueTransform(value, targets.map(({ selector, fieldPath = '', filePathPosition = 0 }) => {
    if (fieldPath === '') throw new Error('fieldPath cannot be empty');
    if (filePathPosition < 0) throw new Error(`value of FilePathPosition (${filePathPosition}) cannot be negative`);
    return { fieldPath, filePathPosition, ...(selector && { selector: selectorOf(selector) }) };
  }));
});

const iamStruct = struct('IAMPolicyGenerator', {
  cloud: 'string', kubernetesService: { struct: { name: 'types.KubernetesService', fields: { name: 'string', namespace: 'string' } } },
  serviceAccount: { struct: { name: 'types.ServiceAccount', fields: { name: 'string', projectId: 'string' } } },
});

const iamPlugin: Plugin = (text, { schemas }) => {
  type Config = { cloud?: string; kubernetesService?: { name?: string; namespace?: string }; serviceAccount?: { name?: string; projectId?: string } };
  const { cloud = '', kubernetesService: service = {}, serviceAccount: account = {} } = unmarshal<Config>(text, iamStruct);
  return Promise.resolve({
    generate: () => {
      if (cloud !== 'gke') throw new Error(`cloud provider ${cloud} not supported yet`);
      const namespace = service.namespace ? `\n  namespace: ${service.namespace}` : '';
      const address = `${account.name ?? ''}@${account.projectId ?? ''}.iam.gserviceaccount.com`;
      const object = readNode(`apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n    iam.gke.io/gcp-service-account: ${address}\n  name: ${service.name ?? ''}\n${namespace}`);
      return Promise.resolve([new Resource(object ?? collectionNode('mapping'), schemas)]);
    },
  });
};

const patchFields = { path: 'string', patch: 'string', target: { struct: selectorStruct }, options: { map: 'bool' } } as const;

/** By kind. */
export const builtinPlugins: Readonly<Record<string, Plugin>> = {
  AnnotationsTransformer: entriesPlugin('AnnotationsTransformer', 'annotations'),
  LabelTransformer: entriesPlugin('LabelTransformer', 'labels'),
  ConfigMapGenerator: generatorPlugin('ConfigMap', configMapStruct),
  SecretGenerator: generatorPlugin('Secret', secretStruct),
  IAMPolicyGenerator: iamPlugin,
  HashTransformer: transformer(() => hashTransform),
  HelmChartInflationGenerator: (_, means) => Promise.reject(helmRefusal(means)),
  ImageTagTransformer: transformer((text) => {
    const config = unmarshal<SpecsConfig & { imageTag?: ImageConfig }>(text, struct('ImageTagTransformer', { imageTag: { struct: imageStruct }, ...specs }));
    return imagesTransform(imageOf(config.imageTag ?? {}), specsOf(config));
  }),
  NamespaceTransformer: namespacePlugin,
  PatchTransformer: transformer((text, means) => patchTransform(patchOf(unmarshal<PatchConfig>(text, struct('PatchTransformer', patchFields))), text, means)),
  PatchJson6902Transformer: transformer((text, means) => {
    const { target, path = '', jsonOp = '' } = unmarshal<{ target?: SelectorConfig; path?: string; jsonOp?: string }>(text, struct('PatchJson6902Transformer', { target: { struct: selectorStruct }, path: 'string', jsonOp: 'string' }));
    return json6902Transform({ path, jsonOp, ...(target && { target: selectorOf(target) }) }, means);
  }),
  PatchStrategicMergeTransformer: transformer((text, means) => {
    const { paths = [], patches = '' } = unmarshal<{ paths?: string[]; patches?: string }>(text, struct('PatchStrategicMergeTransformer', { paths: { list: 'string' }, patches: 'string' }));
    return mergesTransform(paths, patches, means);
  }),
  PrefixTransformer: transformer((text) => affix('prefix', text)),
  SuffixTransformer: transformer((text) => affix('suffix', text)),
  PrefixSuffixTransformer: transformer((text) => {
    const both = [affix('prefix', text), affix('suffix', text)];
    return (resources) => both.forEach((transform) => transform(resources));
  }),
  ReplacementTransformer: transformer(async (text, means) => {
    const { replacements = [] } = unmarshal<{ replacements?: ReplacementConfig[] }>(text, struct('ReplacementTransformer', { replacements: { list: { struct: replacementFieldStruct } } }));
    return replacementsTransform(await loadReplacements(replacements, means));
  }),
  ReplicaCountTransformer: transformer((text) => {
    const config = unmarshal<SpecsConfig & { replica?: ReplicaConfig }>(text, struct('ReplicaCountTransformer', { replica: { struct: replicaStruct }, ...specs }));
    return replicasTransform(config.replica?.name ?? '', config.replica?.count ?? 0, specsOf(config));
  }),
  ValueAddTransformer: valuePlugin,
};
