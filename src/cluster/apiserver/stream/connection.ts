import type { Unstructured } from '../../../api/meta';
import type { Subresource } from '../../../kinds/kind';
import type { VerbTarget } from '../http/verbs/verb';
import { isTrue } from '../http/request-info';
import { admitWhole } from '../registry/admit';
import type { WriteContext } from '../registry';

/** The options of a connection, as their type names its fields. */
interface Options {
  readonly kind: string;
  readonly flags?: readonly string[];
  readonly texts?: readonly string[];
  readonly lists?: readonly string[];
  readonly numbers?: readonly string[];
}

const command: Omit<Options, 'kind'> = { flags: ['stdin', 'stdout', 'stderr', 'tty'], texts: ['container'] };

/** By subresource; those of a proxy are named after what it leads to. */
const optionsOf: Partial<Record<Subresource, Options>> = {
  exec: { kind: 'PodExecOptions', ...command, lists: ['command'] },
  attach: { kind: 'PodAttachOptions', ...command },
  portforward: { kind: 'PodPortForwardOptions', numbers: ['ports'] },
  proxy: { kind: 'ProxyOptions', texts: ['path'] },
};

/**
 * Lets admission see a connection before it is made: operation CONNECT, and the options as its object. Resolves to the
 * query that the options are after it. Throws what a plugin refuses with. Source: ConnectResource in k8s.io/apiserver/pkg/endpoints/handlers.
 */
export async function admitConnection({ registry, kind, namespace, name }: VerbTarget, subresource: Subresource, query: URLSearchParams, context: WriteContext): Promise<URLSearchParams> {
  const options = optionsOf[subresource];
  if (!options) return query;
  const owner = subresource === 'proxy' ? kind.kind : '';
  const type = { group: '', version: 'v1', kind: `${owner}${options.kind}`, schema: `io.k8s.api.core.v1.${owner}${options.kind}` };
  const object = { kind: type.kind, apiVersion: 'v1', ...read(options, query) } as unknown as Unstructured;
  await admitWhole(registry, { operation: 'CONNECT', kind, subresource, type, name: name!, object, context, ...(namespace && { namespace }) });
  return subresource === 'proxy' ? query : written(options, object);
}

function read({ flags = [], texts = [], lists = [], numbers = [] }: Options, query: URLSearchParams): Record<string, unknown> {
  const given = (names: readonly string[], value: (name: string) => unknown) =>
    names.filter((name) => query.has(name)).map((name): [string, unknown] => [name, value(name)]).filter(([, found]) => Boolean(found));
  return Object.fromEntries([
    ...given(flags, (name) => isTrue(query.get(name))), ...given(texts, (name) => query.get(name)),
    ...given(lists, (name) => query.getAll(name)), ...given(numbers, (name) => query.getAll(name).flatMap((text) => text.split(',')).map(Number)),
  ]);
}

function written(options: Options, object: Unstructured): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of Object.values(options).flatMap((names) => (Array.isArray(names) ? (names as string[]) : []))) {
    for (const value of [object[name]].flat()) if (value !== undefined && value !== null) query.append(name, String(value));
  }
  return query;
}
