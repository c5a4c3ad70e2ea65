import { formatGoDuration } from '../../../api/duration';
import type { Node, Pod } from '../../../api/generated/core.v1';
import type { NodeMetrics, PodMetrics } from '../../../api/generated/metrics.v1beta1';
import type { KubeObject } from '../../../api/meta';
import { parseFieldSelector, parseLabelRequirements } from '../../../api/selectors';
import type { ListOptions, Resource } from '../../../client/client';
import type { Snapshot } from '../../../client/discovery';
import { usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { podsResource } from '../../pods/behind';
import type { Session } from '../../session';
import type { topNodeFlags, topPodFlags } from './flags';
import { nodeTable, podTable } from './tables';

const metrics = (plural: string, namespaced: boolean): Resource => ({ group: 'metrics.k8s.io', version: 'v1beta1', plural, namespaced });
const nodesResource: Resource = { group: '', version: 'v1', plural: 'nodes', namespaced: false };

/** A pod younger than this is not missed. */
const patienceMs = 120_000;
const notYet = 'metrics not available yet';

type NodeInput = Input<typeof topNodeFlags & GlobalFlags>;
type PodInput = Input<typeof topPodFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/top/top_node.go. */
export async function topNode(session: Session, { flags, args }: NodeInput): Promise<void> {
  if (args.length > 1) throw usageError('kubectl top node', 'node [NAME | -l label]');
  const [name = ''] = args;
  checkSort(flags['sort-by']);
  if (name && flags.selector) throw new Error('only one of NAME or --selector can be provided');
  const options = { labelSelector: checkedSelector(flags.selector) };
  await requireMetrics(session);
  const measured = await read<NodeMetrics>(session, metrics('nodes', false), name, options);
  if (!measured.length) throw new Error(notYet);
  const nodes = await read<Node>(session, nodesResource, name, options);
  const available = new Map(nodes.map(({ metadata, status }) => [metadata.name, (flags['show-capacity'] ? status?.capacity : status?.allocatable) ?? {}]));
  session.streams.out.write(nodeTable(measured, available, { noHeaders: flags['no-headers'], sortBy: flags['sort-by'] }));
}

/** After k8s.io/kubectl/pkg/cmd/top/top_pod.go. */
export async function topPod(session: Session, { flags, args }: PodInput): Promise<void> {
  if (args.length > 1) throw usageError('kubectl top pod', 'pod [NAME | -l label]');
  const [name = ''] = args;
  const { name: own } = await session.namespace();
  checkSort(flags['sort-by']);
  if (name && (flags.selector || flags['field-selector'])) throw new Error('only one of NAME or selector can be provided');
  const selectors = { labelSelector: checkedSelector(flags.selector), fieldSelector: checkedFields(flags['field-selector']) };
  await requireMetrics(session);
  const namespace = flags['all-namespaces'] ? '' : own;
  const measured = await read<PodMetrics>(session, metrics('pods', true), name, { ...selectors, namespace });
  if (!measured.length) {
    await explainEmpty(session, name, { ...selectors, namespace: own });
    session.streams.err.write(namespace ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n');
  }
  session.streams.out.write(podTable(measured, {
    noHeaders: flags['no-headers'], sortBy: flags['sort-by'], containers: flags.containers, withNamespace: flags['all-namespaces'], sum: flags.sum,
  }));
}

function checkSort(by: string): void {
  if (by && by !== 'cpu' && by !== 'memory') throw new Error('--sort-by accepts only cpu or memory');
}

/** What is wrong with a selector is found here, and is not the server's word. */
const checked = (parse: (text: string) => unknown) => (text: string): string => {
  try {
    parse(text);
    return text;
  } catch (error) {
    throw new Error((error as Error).message);
  }
};

const checkedSelector = checked(parseLabelRequirements);
const checkedFields = checked(parseFieldSelector);

async function requireMetrics(session: Session): Promise<void> {
  const discovery = await session.discovery();
  const serves = ({ groups }: Snapshot) => groups.some(({ name, versions }) => name === 'metrics.k8s.io' && versions.includes('v1beta1'));
  // What is cached may be older than the metrics server.
  if (!serves(await discovery.snapshot()) && !serves(await discovery.refresh())) throw new Error('Metrics API not available');
}

/** One by its name, or all that are selected. */
async function read<T extends KubeObject>(session: Session, resource: Resource, name: string, options: ListOptions): Promise<readonly T[]> {
  const client = await session.client();
  if (name) return [await client.get<T>(resource, name, options.namespace)];
  return (await client.list<T>(resource, options)).items;
}

/** Nothing was measured: throws unless there is nothing to measure. */
async function explainEmpty(session: Session, name: string, options: ListOptions): Promise<void> {
  const pods = await read<Pod>(session, podsResource, name, options);
  if (!pods.length) return;
  for (const { metadata } of pods) {
    const ageMs = session.clock.now() - Date.parse(metadata.creationTimestamp!);
    if (ageMs > patienceMs) throw new Error(`Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${formatGoDuration(ageMs)}`);
  }
  throw new Error(notYet);
}
