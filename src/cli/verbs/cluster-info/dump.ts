import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Namespace, Pod } from '../../../api/generated/core.v1';
import type { KubeList, KubeObject, Unstructured } from '../../../api/meta';
import type { Resource } from '../../../client/client';
import { readAll, resourcePath } from '../../../client/http';
import { messageOf } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import { allNamespacesFlags, outputFlags } from '../../flags/sets';
import { flagTable, type Input } from '../../flags/spec';
import { podsResource } from '../../pods/behind';
import { inGoOrder } from '../../print/go-order';
import { objectPrinter, type ObjectPrinter } from '../../print/printer';
import type { Session } from '../../session';

export const clusterInfoDumpFlags = flagTable({
  ...outputFlags,
  ...allNamespacesFlags,
  'output': { type: 'string', short: 'o', default: 'json', help: 'Output format: json, yaml, jsonpath, go-template, …' },
  'namespaces': { type: 'list', help: 'The namespaces to tell about; kube-system and the current one when absent.' },
  'output-directory': { type: 'string', help: 'Where to put files; - or nothing: standard output.' },
  'pod-running-timeout': { type: 'duration', default: 20_000, help: 'How long to wait for a pod to run.' },
});

type DumpInput = Input<typeof clusterInfoDumpFlags & GlobalFlags>;

interface Kind {
  resource: Resource;
  /** Type of the list in the schema. */
  type: string;
  file: string;
}

const kind = (group: string, name: string, plural: string, file: string, namespaced = true): Kind =>
  ({ resource: { group, version: 'v1', plural, namespaced }, type: `io.k8s.api.${group || 'core'}.v1.${name}List`, file });

const nodes = kind('', 'Node', 'nodes', 'nodes', false);
const kinds: readonly Kind[] = [
  kind('', 'Event', 'events', 'events'), kind('', 'ReplicationController', 'replicationcontrollers', 'replication-controllers'),
  kind('', 'Service', 'services', 'services'), kind('apps', 'DaemonSet', 'daemonsets', 'daemonsets'),
  kind('apps', 'Deployment', 'deployments', 'deployments'), kind('apps', 'ReplicaSet', 'replicasets', 'replicasets'), kind('', 'Pod', 'pods', 'pods'),
];

const extensions: Readonly<Record<string, string>> = { json: '.json', yaml: '.yaml' };

/** Where the parts of a dump go: files below a directory, or one after the other. */
interface Sink {
  /** Until the next one, what is written goes there. */
  begin(file: string): Promise<void>;
  write(chunk: string | Uint8Array): Promise<void>;
}

/** After k8s.io/kubectl/pkg/cmd/clusterinfo/clusterinfo_dump.go. */
export async function clusterInfoDump(session: Session, { flags }: DumpInput): Promise<void> {
  const directory = flags['output-directory'] === '-' ? '' : flags['output-directory'];
  const sink = directory ? directorySink(resolve(session.cwd, directory)) : streamSink(session);
  const pending: (string | Uint8Array)[] = [];
  const print = await objectPrinter({ flags, out: { write: (chunk) => pending.push(chunk) }, cwd: session.cwd, keepOrder: true });
  const dump: Dump = {
    session, sink,
    extension: extensions[flags.output] ?? '.txt',
    print: async (list) => {
      if (flags.output === 'name') throw new Error(`list types are not supported by name printing: *v1.${list.kind}`);
      print(list as unknown as Parameters<ObjectPrinter>[0]);
      for (const chunk of pending.splice(0)) await sink.write(chunk);
    },
  };
  await dumpList(dump, nodes, '');
  for (const namespace of await namespacesOf(session, flags)) await dumpNamespace(dump, namespace);
  if (directory) session.streams.out.write(`Cluster info dumped to ${directory}\n`);
}

interface Dump {
  session: Session;
  sink: Sink;
  extension: string;
  print(list: Unstructured): Promise<void>;
}

async function namespacesOf(session: Session, flags: DumpInput['flags']): Promise<string[]> {
  if (!flags['all-namespaces']) return flags.namespaces.length ? flags.namespaces : ['kube-system', (await session.namespace()).name];
  const { items } = await (await session.client()).list<Namespace>({ group: '', version: 'v1', plural: 'namespaces', namespaced: false });
  return items.map(({ metadata }) => metadata.name);
}

async function dumpNamespace(dump: Dump, namespace: string): Promise<void> {
  let last: KubeList<KubeObject> | undefined;
  for (const each of kinds) last = await dumpList(dump, each, namespace);
  for (const pod of (last?.items ?? []) as unknown as Pod[]) {
    await dump.sink.begin(join(namespace, pod.metadata.name, 'logs.txt'));
    for (const { name } of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) await dumpLog(dump, pod, name);
  }
}

async function dumpList({ session, sink, extension, print }: Dump, { resource, type, file }: Kind, namespace: string): Promise<KubeList<KubeObject>> {
  const list = await (await session.client()).list<KubeObject>(resource, namespace ? { namespace } : {});
  await sink.begin(`${join(namespace, file)}${extension}`);
  const ordered = await inGoOrder(list as unknown as Unstructured, type);
  // kubectl reads protobuf here, which knows no empty lists.
  await print(list.items.length ? ordered : { ...ordered, items: null });
  return list;
}

async function dumpLog({ session, sink }: Dump, { metadata: { name, namespace = '' } }: Pod, container: string): Promise<void> {
  const of = `logs for container ${container} of pod ${namespace}/${name}`;
  await sink.write(`==== START ${of} ====\n`);
  try {
    const { body } = await (await session.client()).raw({ path: resourcePath(podsResource, namespace, name, 'log'), query: { container }, accept: '*/*', signal: session.signal });
    await sink.write(await readAll(body));
  } catch (error) {
    await sink.write(`Request log error: ${messageOf(error)}\n`);
  }
  await sink.write(`==== END ${of} ====\n`);
}

const streamSink = ({ streams }: Session): Sink => ({ begin: async () => undefined, write: async (chunk) => void streams.out.write(chunk) });

function directorySink(directory: string): Sink {
  let current = '';
  return {
    async begin(file) {
      current = join(directory, file);
      await mkdir(dirname(current), { recursive: true });
      await writeFile(current, '');
    },
    write: (chunk) => appendFile(current, chunk),
  };
}
