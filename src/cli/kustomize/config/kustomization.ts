import { parseDocument } from '../../../api/yaml/parse';
import { wrapped } from '../errors';
import { decodeStruct } from './go-struct';
import { kustomizationStruct, type GeneratorConfig, type Kustomization } from './types';

/** Names that a kustomization file may have; a directory holds one of them. */
export const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

const kustomizationKind = 'Kustomization';
export const componentKind = 'Component';
const versions: Record<string, string> = { [componentKind]: 'kustomize.config.k8s.io/v1alpha1' };
const kustomizationVersion = 'kustomize.config.k8s.io/v1beta1';

const editFix = "Run 'kustomize edit fix' to update your Kustomization automatically.";
const deprecated: [keyof Kustomization, string][] = [
  ['bases', `'resources' instead. ${editFix}`],
  ['commonLabels', `'labels' instead. ${editFix}`],
  ['imageTags', `'images' instead. ${editFix}`],
  ['patchesJson6902', `'patches' instead. ${editFix}`],
  ['patchesStrategicMerge', `'patches' instead. ${editFix}`],
  ['vars', `'replacements' instead. [EXPERIMENTAL] ${editFix}`],
];

/** Reads a kustomization file; `warn` gets a line for each field of old. `root` is its directory. Throws what is wrong with it. */
export function readKustomization(text: string, root: string, warn: (line: string) => void): Kustomization {
  const given = decode(text);
  for (const [field, advice] of deprecated) if (given[field] !== undefined) warn(`# Warning: '${field}' is deprecated. Please use ${advice}`);
  const fixed = modernised(given);
  const { kind, apiVersion, ...rest } = fixed;
  if (Object.keys(rest).length === 0) throw new Error('kustomization.yaml is empty');
  const problems = typeProblems(kind!, apiVersion!);
  if (problems.length) throw new Error(`Failed to read kustomization file under ${root}:\n${problems.join('\n')}`);
  return fixed;
}

function decode(text: string): Kustomization {
  try {
    return decodeStruct<Kustomization>(parseDocument(text), kustomizationStruct, { strict: true });
  } catch (error) {
    throw wrapped(error, 'invalid Kustomization');
  }
}

function typeProblems(kind: string, apiVersion: string): string[] {
  const problems: string[] = [];
  if (kind !== kustomizationKind && kind !== componentKind) problems.push(`kind should be ${kustomizationKind} or ${componentKind}`);
  const version = versions[kind] ?? kustomizationVersion;
  if (apiVersion !== version) problems.push(`apiVersion for ${kind} should be ${version}`);
  return problems;
}

/** Moves what stands in fields of old to those of now. */
function modernised(given: Kustomization): Kustomization {
  const { bases, imageTags, helmChartInflationGenerator, ...rest } = given;
  const kind = given.kind || kustomizationKind;
  return withoutUndefined({
    ...rest, kind,
    apiVersion: given.apiVersion || (versions[kind] ?? kustomizationVersion),
    resources: joined(given.resources, bases),
    images: joined(given.images, imageTags),
    configMapGenerator: given.configMapGenerator?.map(withEnvs),
    secretGenerator: given.secretGenerator?.map(withEnvs),
    helmCharts: joined(given.helmCharts, helmChartInflationGenerator?.map(modernChart)),
    helmGlobals: given.helmGlobals ?? globalsOf(helmChartInflationGenerator ?? []),
  });
}

/** As append in Go: nothing added to nothing stays nothing. */
const joined = <T>(list: T[] | undefined, more: T[] | undefined): T[] | undefined => (more?.length ? [...(list ?? []), ...more] : list);

const withoutUndefined = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

const withEnvs = ({ env, ...rest }: GeneratorConfig): GeneratorConfig => (env ? { ...rest, envs: [...(rest.envs ?? []), env] } : rest);

function modernChart(old: Record<string, unknown>): Record<string, unknown> {
  const { chartName, chartVersion, chartRepoUrl, values, valuesLocal, valuesMerge, releaseName } = old;
  return withoutUndefined({ name: chartName, version: chartVersion, repo: chartRepoUrl, valuesFile: values, valuesInline: valuesLocal, valuesMerge, releaseName });
}

function globalsOf(old: Record<string, unknown>[]): Record<string, unknown> | undefined {
  const globals = withoutUndefined({ chartHome: old.findLast(({ chartHome }) => chartHome)?.chartHome, configHome: old.findLast(({ helmHome }) => helmHome)?.helmHome });
  return Object.keys(globals).length ? globals : undefined;
}

