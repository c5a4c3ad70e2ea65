import type { Container, Pod, Service } from '../../api/generated/core.v1';
import { resourcePath } from '../../client/http';
import type { ApiResource } from '../../client/discovery';
import { isPod, podsBehind } from '../pods/behind';
import { collect, visit } from '../builder';
import { byActivity } from '../pods/order';
import type { Session } from '../session';
import type { Line } from './line';
import { holdersOfPods, type Subject } from './subjects';

/** Bits of cobra's ShellCompDirective, which the scripts of the shells understand. */
export const directive = { default: 0, noSpace: 2, noFiles: 4, filterExtensions: 8, filterDirectories: 16 } as const;

export interface Candidates {
  words: string[];
  directive: number;
}

const noFiles = (words: string[]): Candidates => ({ words, directive: directive.noFiles });
const beginning = (words: readonly string[], begun: string) => words.filter((word) => word.startsWith(begun));

/** What an argument may be. After k8s.io/kubectl/pkg/util/completion. */
export async function argumentCandidates(session: Session, subject: Subject, { args, begun }: Line): Promise<Candidates> {
  if (subject.of === 'types') return typesAndNames(session, subject, args, begun);
  if (subject.of === 'pods' && args.length === 1 && subject.then) return noFiles(await insidePod(session, subject.then, args[0]!, begun));
  if (subject.of === 'pods') return args.length ? noFiles([]) : podsAndHolders(session, begun);
  if (subject.of === 'copies') return args.length > 1 ? noFiles([]) : copies(session, begun);
  return noFiles(args.length ? [] : beginning(await wordsOf(session, subject), begun));
}

/** Words that stand alone. */
export async function wordsOf(session: Session, subject: Subject): Promise<readonly string[]> {
  if (subject.of === 'words') return subject.words;
  if (subject.of === 'names') return namesOf(session, subject.type);
  if (subject.of === 'resources') return (await typeNames(session));
  const { contexts, clusters, users } = await session.kubeconfig();
  const listed = { contexts, clusters, users, profiles: contexts }[subject.of as 'contexts'];
  return [...listed.keys()].sort();
}

async function typesAndNames(session: Session, { only, once }: Extract<Subject, { of: 'types' }>, args: readonly string[], begun: string): Promise<Candidates> {
  const [first] = args;
  if (first !== undefined && !first.includes('/')) {
    return noFiles(once && args.length > 1 ? [] : beginning(await namesOf(session, first), begun).filter((name) => !args.slice(1).includes(name)));
  }
  if (once && args.length) return noFiles([]);
  const slash = begun.indexOf('/');
  if (slash >= 0) return noFiles((await slashed(session, begun.slice(0, slash), begun.slice(slash + 1))).filter((word) => !args.includes(word)));
  const words = only ? beginning(only, begun) : await typesBeginning(session, begun);
  return first === undefined ? noFiles(words) : { words: words.map((word) => `${word}/`), directive: directive.noFiles | directive.noSpace };
}

const slashed = async (session: Session, type: string, begun: string) => beginning(await namesOf(session, type), begun).map((name) => `${type}/${name}`);

/** The last one of several types with commas between. */
async function typesBeginning(session: Session, begun: string): Promise<string[]> {
  const before = begun.slice(0, begun.lastIndexOf(',') + 1);
  return beginning(await typeNames(session), begun.slice(before.length)).map((name) => before + name);
}

async function typeNames(session: Session): Promise<string[]> {
  const { resources } = await (await session.discovery()).snapshot();
  const ordered = resources.filter(({ verbs }) => verbs.includes('get')).sort((a, b) => compare(a.group, b.group) || compare(a.plural, b.plural));
  return [...new Set(ordered.map(({ group, plural }) => (group ? `${plural}.${group}` : plural)))];
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

async function podsAndHolders(session: Session, begun: string): Promise<Candidates> {
  const slash = begun.indexOf('/');
  if (slash >= 0) return noFiles(await slashed(session, begun.slice(0, slash), begun.slice(slash + 1)));
  const pods = beginning(await namesOf(session, 'pods'), begun);
  const words = [...pods, ...beginning(holdersOfPods, begun).map((type) => `${type}/`)];
  return { words, directive: directive.noFiles | (pods.length ? 0 : directive.noSpace) };
}

/** Names alone: objects are not read whole where the server can leave them out. */
export async function namesOf(session: Session, type: string): Promise<string[]> {
  const resource = await (await session.discovery()).resource(type);
  if (!resource) return [];
  const client = await session.client();
  const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
  const { items } = await client.request<{ items: { metadata: { name: string } }[] }>({ path: await pathOf(session, resource), accept });
  return items.map(({ metadata }) => metadata.name);
}

const pathOf = async (session: Session, resource: ApiResource) => resourcePath(resource, resource.namespaced ? (await session.namespace()).name : undefined);

/** Containers, or ports to forward, of a pod or what holds it. */
export async function insidePod(session: Session, what: 'containers' | 'ports', name: string, begun: string): Promise<string[]> {
  const args = name.includes('/') ? [name] : [`pods/${name}`];
  const { infos: [info] } = await collect(await visit(session, { namespace: await session.namespace(), args }));
  if (!info) return [];
  const { object } = info;
  if (what === 'ports' && object.kind === 'Service') return portPairs(((object as unknown as Service).spec?.ports ?? []).map(({ port }) => port), begun);
  const pod = isPod(object) ? (object as unknown as Pod) : (await podsBehind(session, object, { order: byActivity, timeoutMs: 100, doing: 'attach to' }))[0];
  const containers: Container[] = pod ? [...(pod.spec.initContainers ?? []), ...pod.spec.containers] : [];
  if (what === 'containers') return beginning(containers.map((container) => container.name), begun);
  return portPairs((pod?.spec.containers ?? []).flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)), begun);
}

const portPairs = (ports: readonly number[], begun: string) => beginning(ports.map((port) => `${begun.split(':')[0] || port}:${port}`), begun);

/** Of cp: files, `POD:` and `NAMESPACE/POD:`. After completion in k8s.io/kubectl/pkg/cmd/cp. */
async function copies(session: Session, begun: string): Promise<Candidates> {
  if (/^[./~]/.test(begun) || begun.includes(':')) return { words: [], directive: directive.noSpace };
  const slash = begun.indexOf('/');
  if (slash >= 0) {
    const namespace = begun.slice(0, slash);
    const { items } = await (await session.client()).list<Pod>({ group: '', version: 'v1', plural: 'pods', namespaced: true }, { namespace });
    return { words: beginning(items.map(({ metadata }) => `${namespace}/${metadata.name}:`), begun), directive: directive.noSpace };
  }
  const [namespaces, pods] = await Promise.all([namesOf(session, 'namespaces'), namesOf(session, 'pods')]);
  const words = beginning([...namespaces.map((name) => `${name}/`), ...pods.map((name) => `${name}:`)], begun);
  return { words: begun ? words : [...words, './', '/'], directive: directive.noSpace };
}
