import { statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errnoText } from '../../../client/kubeconfig/errors';
import type { Input } from '../../flags/spec';
import { build, buildYaml, type BuildOptions } from '../../kustomize/build';
import { effectiveNamespace, noNamespace } from '../../kustomize/ids/res-id';
import type { Resource } from '../../kustomize/resource/resource';
import { objectYaml } from '../../kustomize/resource/text';
import { sessionMeans } from '../../kustomize/session-means';
import type { Session } from '../../session';
import type { kustomizeFlags } from './flags';

type KustomizeInput = Input<typeof kustomizeFlags>;

/** After sigs.k8s.io/kustomize/kustomize/v5/commands/build. */
export async function kustomize(session: Session, input: KustomizeInput): Promise<void> {
  for (const line of flagWarnings(input)) session.streams.err.write(`${line}\n`);
  const options = completeBuild(session, input);
  const resources = await build(options, sessionMeans(session));
  const { output } = input.flags;
  if (output === '') session.streams.out.write(buildYaml(resources));
  else write(resolve(session.cwd, output), resources);
}

const deprecated: Record<string, string> = {
  'enable-managedby-label': 'The flag `enable-managedby-label` has been deprecated. Use the `managedByLabel` option in the `buildMetadata` field instead.',
  'reorder': "use the new 'sortOptions' field in kustomization.yaml instead.",
};

/** Lines about flags of old. */
export const flagWarnings = ({ changed }: KustomizeInput): string[] =>
  [...changed].filter((name) => Object.hasOwn(deprecated, name)).map((name) => `Flag --${name} has been deprecated, ${deprecated[name]}`);

/** The options of a build. Throws for values that flags may not have. */
export function completeBuild({ env }: Session, { flags, changed, args }: KustomizeInput): BuildOptions {
  if (args.length > 1) throw new Error('specify one path to kustomization.yaml');
  const restrictor = flags['load-restrictor'];
  checkValue('load-restrictor', restrictor, ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'], restrictor === '');
  checkValue('reorder', flags.reorder, ['legacy', 'none']);
  return {
    target: args[0] ?? '.',
    restricted: restrictor !== 'LoadRestrictionsNone',
    helmEnabled: flags['enable-helm'],
    pluginsEnabled: flags['enable-alpha-plugins'],
    managedByLabel: flags['enable-managedby-label'] || env.KUSTOMIZE_ENABLE_MANAGEDBY_LABEL === 'on',
    ...(changed.has('reorder') && { reorder: flags.reorder as 'legacy' | 'none' }),
  };
}

function checkValue(flag: string, value: string, legal: readonly string[], isFine = false): void {
  if (!isFine && !legal.includes(value)) throw new Error(`illegal flag value --${flag} ${value}; legal values: [${legal.join(' ')}]`);
}

/** Into one file, or each object into one of its own when the path is a directory. */
function write(path: string, resources: readonly Resource[]): void {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return writeFile(path, buildYaml(resources));
  const namespaces = new Set(resources.map(({ id }) => effectiveNamespace(id)).filter((namespace) => namespace !== noNamespace));
  for (const resource of resources) {
    const namespace = effectiveNamespace(resource.id);
    const prefix = namespace !== noNamespace && namespaces.size > 1 ? `${namespace.toLowerCase()}_` : '';
    writeFile(join(path, prefix + fileName(resource)), objectYaml(resource.object));
  }
}

function fileName({ gvk: { group, version, kind }, name }: Resource): string {
  return `${[group, version, kind].filter(Boolean).join('_').toLowerCase()}_${name.toLowerCase()}.yaml`;
}

function writeFile(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o666 });
  } catch (error) {
    throw new Error(`open ${path}: ${errnoText(error)}`);
  }
}
