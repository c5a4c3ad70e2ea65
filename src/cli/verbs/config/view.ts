import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Cluster, Context, KubeConfig, Located, User } from '../../../client/kubeconfig';
import type { Unstructured } from '../../../api/meta';
import { usageError } from '../../errors';
import { outputFlags } from '../../flags/sets';
import type { GlobalFlags } from '../../flags/global';
import { flagTable, type Input } from '../../flags/spec';
import { goJson } from '../../print/go-json';
import { objectPrinter } from '../../print/printer';
import { programName } from '../../program';
import type { Session } from '../../session';
import { clusterFields, contextFields, inOrder, userFields } from './fields';
import { startingConfig } from './file';

export const configViewFlags = flagTable({
  ...outputFlags,
  'output': { type: 'string', short: 'o', default: 'yaml', help: 'Output format: yaml, json, jsonpath, go-template, …' },
  'flatten': { type: 'bool', help: 'Put the contents of certificate files inline.' },
  'merge': { type: 'bool', default: true, help: 'Show all files of $KUBECONFIG as one.' },
  'minify': { type: 'bool', help: 'Only what the current context uses.' },
  'raw': { type: 'bool', help: 'Show certificates and secrets too.' },
});

/** The merged configuration, secrets left out. After k8s.io/kubectl/pkg/cmd/config/view.go. */
export async function configView(session: Session, { flags, args, changed }: Input<typeof configViewFlags & GlobalFlags>): Promise<void> {
  if (args.length) throw usageError(`${programName} config view`, `unexpected arguments: [${args.join(' ')}]`);
  if (!flags.merge && changed.has('merge') && !session.explicitKubeconfig) throw new Error('if merge==false a precise file must be specified');
  const loaded = await startingConfig(session);
  const config = flags.minify ? minify(loaded, flags.context || loaded.currentContext) : loaded;
  const shown = external(config, flags.flatten ? flatten : flags.raw ? identity : redact);
  if (flags.output === 'json') return void session.streams.out.write(`${goJson(shown, '    ', { keepOrder: true })}\n`);
  // A template alone takes the place of the default.
  const output = flags.template && !changed.has('output') ? '' : flags.output;
  const print = await objectPrinter({ flags: { ...flags, output }, out: session.streams.out, cwd: session.cwd });
  print(shown as unknown as Unstructured);
}

function minify(config: KubeConfig, contextName: string): KubeConfig {
  if (!contextName) throw new Error('current-context must exist in order to minify');
  const context = config.contexts.get(contextName);
  if (!context) throw new Error(`cannot locate context ${contextName}`);
  const { cluster = '', user = '' } = context.value;
  if (cluster && !config.clusters.has(cluster)) throw new Error(`cannot locate cluster ${cluster}`);
  if (user && !config.users.has(user)) throw new Error(`cannot locate user ${user}`);
  const only = <T>(entries: Map<string, T>, name: string) => new Map([...entries].filter(([each]) => each === name));
  return { ...config, currentContext: contextName, contexts: only(config.contexts, contextName), clusters: only(config.clusters, cluster), users: only(config.users, user) };
}

type Change = <T extends Cluster | User | Context>(entry: Located<T>) => T;

const identity: Change = ({ value }) => value;

const omitted = 'DATA+OMITTED';
const redactions: Record<string, string> = {
  'certificate-authority-data': omitted, 'client-certificate-data': omitted, 'client-key-data': omitted, 'token': 'REDACTED', 'password': 'REDACTED',
};

const redact: Change = ({ value }) =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key, member && Object.hasOwn(redactions, key) ? redactions[key] : member])) as typeof value;

const pemFields = ['certificate-authority', 'client-certificate', 'client-key'];

const flatten: Change = ({ value, file }) => {
  const result = { ...value } as Record<string, unknown>;
  for (const field of pemFields) {
    const path = result[field];
    if (typeof path !== 'string' || !path) continue;
    result[`${field}-data`] = readFileSync(resolve(dirname(file), path)).toString('base64');
    delete result[field];
  }
  return result as typeof value;
};

/** The form of a kubeconfig file, entries sorted by name, fields in the order of client-go's structs. */
function external(config: KubeConfig, change: Change): Record<string, unknown> {
  return {
    kind: 'Config',
    apiVersion: 'v1',
    preferences: config.preferences ?? {},
    clusters: entries(config.clusters, 'cluster', clusterFields, change),
    users: entries(config.users, 'user', userFields, change),
    contexts: entries(config.contexts, 'context', contextFields, change),
    'current-context': config.currentContext,
    ...(config.extensions?.length && { extensions: config.extensions }),
  };
}

function entries<T extends Cluster | User | Context>(of: Map<string, Located<T>>, key: string, fields: readonly string[], change: Change): unknown[] | null {
  const sorted = [...of].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length ? sorted.map(([name, entry]) => ({ name, [key]: inOrder(change(entry) as Record<string, unknown>, fields) })) : null;
}
