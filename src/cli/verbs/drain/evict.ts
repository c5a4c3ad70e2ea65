import { isApiError, isReason } from '../../../api/errors';
import { sleep } from '../../../api/clock';
import { formatGoDuration } from '../../../api/duration';
import type { Pod } from '../../../api/generated/core.v1';
import { resourcePath } from '../../../client/http';
import { ErrorList } from '../../errors';
import { podsResource } from '../../pods/behind';
import { withDeadline } from '../../watch-object';
import type { Session } from '../../session';
import { waitUntilGone } from './gone';
import { deleteOptions, type EvictPlan } from './plan';

/** How long to wait before asking again what a disruption budget refused. */
const retryMs = 5000;
/** What kubectl names when there is no limit: the longest duration of Go. */
const noLimit = '2562047h47m16.854775807s';

/** Evicts the pods all at once and waits until they are gone. Throws an ErrorList. After evictPods in k8s.io/kubectl/pkg/drain. */
export async function evictPods(session: Session, pods: readonly Pod[], plan: EvictPlan): Promise<void> {
  const errors = await withDeadline(session, plan.timeoutMs, async (_signal, expired) => {
    const outcomes = await Promise.all(pods.map((pod) => evictOne(session, pod, plan, expired).then(() => undefined, (error: unknown) => error)));
    return outcomes.filter((outcome) => outcome !== undefined);
  });
  if (errors.length) throw new ErrorList(errors);
}

async function evictOne(session: Session, pod: Pod, plan: EvictPlan, expired: () => boolean): Promise<void> {
  const { name, namespace } = pod.metadata as { name: string; namespace: string };
  const subject = `pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
  for (let again = true; again;) {
    session.streams.out.write(`evicting pod ${namespace}/${name}${plan.dryRun === 'server' ? ' (server dry run)' : ''}\n`);
    if (expired()) throw new Error(`error when evicting ${subject}: global timeout reached: ${plan.timeoutMs ? formatGoDuration(plan.timeoutMs) : noLimit}`);
    const answer = await ask(session, pod, plan);
    if (answer === 'gone') return;
    again = typeof answer === 'object';
    if (typeof answer !== 'object') continue;
    const told = refusal(answer.refused, pod, subject);
    if (!told) break;
    session.streams.err.write(told);
    await sleep(session.clock, retryMs, session.signal);
  }
  if (plan.dryRun === 'server') return;
  try {
    await waitUntilGone(session, [pod], 'evicted', plan, expired);
  } catch (error) {
    throw new Error(`error when waiting for pod ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)} to terminate: ${(error as Error).message}`);
  }
}

async function ask(session: Session, pod: Pod, plan: EvictPlan): Promise<'taken' | 'gone' | { refused: unknown }> {
  const { name, namespace } = pod.metadata;
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace, creationTimestamp: null }, deleteOptions: deleteOptions(plan) };
  try {
    await (await session.client()).request({ method: 'POST', path: resourcePath(podsResource, namespace, name, 'eviction'), body });
    return 'taken';
  } catch (error) {
    return isReason(error, 'NotFound') ? 'gone' : { refused: error };
  }
}

/** What to say before asking again; undefined when the pod is on its way. Throws what will not change. */
function refusal(error: unknown, { metadata }: Pod, subject: string): string | undefined {
  const { message } = error as Error;
  if (isReason(error, 'TooManyRequests')) return `error when evicting ${subject} (will retry after 5s): ${message}\n`;
  if (!isNamespaceEnding(error)) throw new Error(`error when evicting ${subject}: ${message}`);
  if (metadata.deletionTimestamp) return undefined;
  return `error when evicting pod ${JSON.stringify(metadata.name)} from terminating namespace ${JSON.stringify(metadata.namespace)} (will retry after 5s): ${message}\n`;
}

const isNamespaceEnding = (error: unknown): boolean =>
  isReason(error, 'Forbidden') && isApiError(error) && (error.status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') ?? false);
