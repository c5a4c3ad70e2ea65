import { isReason } from '../../../api/errors';
import type { Pod } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { parseLabelSelector } from '../../../api/selectors';
import type { Info } from '../../builder';
import { dryRunStrategy, type DryRun } from '../../dry-run';
import { inOneSentence, throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { podsResource } from '../../pods/behind';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import { withDeadline } from '../../watch-object';
import { setAllSchedulable } from '../cordon/cordon';
import { checkNodeArgs, nodesOf } from '../cordon/nodes';
import { evictPods } from './evict';
import { errorsOf, warningsOf } from './filters';
import type { DrainFlags } from './flags';
import { waitUntilGone } from './gone';
import { deleteOptions, type EvictPlan } from './plan';
import { podsOf, podsThatGo } from './pods';

type DrainInput = Input<DrainFlags & GlobalFlags>;

/** After RunDrain in k8s.io/kubectl/pkg/cmd/drain: a node that cannot be drained is told, and the next one follows. */
export async function drain(session: Session, input: DrainInput): Promise<void> {
  const { flags } = input;
  checkNodeArgs(input, 'drain');
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  checkPodSelector(flags['pod-selector']);
  const nodes = await nodesOf(session, input);
  await setAllSchedulable(session, nodes, 'cordon', dryRun);
  const failures: { name: string; error: unknown }[] = [];
  for (const info of nodes) {
    try {
      await drainNode(session, input, info, dryRun);
      (await told(session, 'drained', dryRun))(info.object);
    } catch (error) {
      session.streams.err.write(`error: unable to drain node ${JSON.stringify(info.name)} due to error: ${(error as Error).message}, continuing command...\n`);
      failures.push({ name: info.name, error });
    }
  }
  if (failures.length) session.streams.err.write(`There are pending nodes to be drained:\n${failures.map(({ name }) => ` ${name}\n`).join('')}`);
  throwAll(failures.map(({ error }) => error));
}

function checkPodSelector(selector: string): void {
  try {
    parseLabelSelector(selector);
  } catch {
    throw new Error('--pod-selector=<pod_selector> must be a valid label selector');
  }
}

const told = (session: Session, operation: string, dryRun: DryRun) =>
  successPrinter({ flags: { output: '' }, out: session.streams.out, cwd: session.cwd, operation, dryRun });

async function drainNode(session: Session, { flags }: DrainInput, { name: node }: Info, dryRun: DryRun): Promise<void> {
  const judged = await podsThatGo(session, node, flags);
  const warnings = warningsOf(judged);
  if (warnings) session.streams.err.write(`Warning: ${warnings}\n`);
  const pods = judged.filter(({ verdict }) => verdict.goes).map(({ pod }) => pod);
  if (dryRun === 'client') {
    for (const { metadata } of pods) session.streams.out.write(`evicting pod ${metadata.namespace}/${metadata.name} (dry run)\n`);
    return;
  }
  try {
    await remove(session, pods, flags, await planOf(session, flags, dryRun));
  } catch (error) {
    await tellPending(session, node, flags, error);
    throw error;
  }
}

async function planOf(session: Session, flags: DrainInput['flags'], dryRun: DryRun): Promise<EvictPlan> {
  const printers = {
    evicted: await told(session, 'evicted', dryRun), deleted: await told(session, 'deleted', dryRun),
    'eviction failed': await told(session, 'eviction failed', dryRun), 'deletion failed': await told(session, 'deletion failed', dryRun),
  };
  const failed = { evicted: 'eviction failed', deleted: 'deletion failed' } as const;
  return {
    dryRun, gracePeriodSeconds: flags['grace-period'], timeoutMs: flags.timeout, skipAfterSeconds: flags['skip-wait-for-delete-timeout'],
    finished: (pod, operation, failure) => printers[failure ? failed[operation] : operation]({ ...pod, apiVersion: 'v1', kind: 'Pod' } as unknown as Unstructured),
  };
}

async function remove(session: Session, pods: readonly Pod[], flags: DrainInput['flags'], plan: EvictPlan): Promise<void> {
  if (!pods.length) return;
  const canEvict = (await (await session.discovery()).resource('pods'))?.subresources.includes('eviction');
  if (canEvict && !flags['disable-eviction']) return evictPods(session, pods, plan);
  const client = await session.client();
  for (const { metadata: { name, namespace } } of pods) {
    await client.delete(podsResource, name!, namespace, deleteOptions(plan)).catch((error: unknown) => {
      if (!isReason(error, 'NotFound')) throw error;
    });
  }
  await withDeadline(session, plan.timeoutMs, (_signal, expired) => waitUntilGone(session, pods, 'deleted', plan, expired));
}

/** What is still there, where not all could be removed. */
async function tellPending(session: Session, node: string, flags: DrainInput['flags'], error: unknown): Promise<void> {
  const { err } = session.streams;
  const judged = await podsOf(session, node, flags);
  const pods = judged.filter(({ verdict }) => verdict.goes);
  if (pods.length) {
    err.write(`There are pending pods in node ${JSON.stringify(node)} when an error occurred: ${(error as Error).message}\n`);
    for (const { pod } of pods) err.write(`pod/${pod.metadata.name}\n`);
  }
  const errors = errorsOf(judged);
  if (errors.length) err.write(`Following errors occurred while getting the list of pods to delete:\n${inOneSentence(errors.map(({ message }) => message))}`);
}
