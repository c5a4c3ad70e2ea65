import type { Pod, Service } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { collect, visit } from '../../builder';
import { throwAll } from '../../errors';
import { isPod, podsBehind } from '../../pods/behind';
import { byActivity } from '../../pods/order';
import { podSelectorOf } from '../../pods/selector';
import { firstPodWhere, isRunningAndReady, type PodCondition, type PodSelection } from '../../pods/wait';
import type { Session } from '../../session';

export interface Target {
  /** What the user named: a pod, a workload, a Service. */
  object: Unstructured;
  pod: Pod;
}

const doing = 'attach to';

/** After AttachablePodForObject in k8s.io/kubectl/pkg/polymorphichelpers. */
export async function findTarget(session: Session, name: string, timeoutMs: number): Promise<Target> {
  const args = name.includes('/') ? [name] : ['pods', name];
  const { infos, errors } = await collect(await visit(session, { namespace: await session.namespace(), args }));
  throwAll(errors);
  const { object } = infos[0]!;
  if (isPod(object)) return { object, pod: object as unknown as Pod };
  const [pod] = await podsBehind(session, object, { order: byActivity, timeoutMs, doing });
  return { object, pod: pod! };
}

export const serviceOf = ({ object }: Target): Service | undefined => (object.kind === 'Service' ? (object as unknown as Service) : undefined);

/** Is it the pod that we knew, and does it go on? */
export const livesOn = (known: Pod): PodCondition => (pod) =>
  pod.metadata.uid === known.metadata.uid && !pod.metadata.deletionTimestamp && pod.status?.phase === 'Running';

/** The pod in the place of one that is gone: of the same name, or another one behind the workload. Rejects when none comes in time. */
export function successorOf(session: Session, { object, pod }: Target, timeoutMs: number): Promise<Pod> {
  const { uid, name, namespace = 'default' } = pod.metadata;
  const selection: PodSelection = isPod(object)
    ? { namespace, fieldSelector: `metadata.name=${name}` }
    : { namespace, labelSelector: podSelectorOf(object, doing) };
  const fits: PodCondition = (candidate) => candidate.metadata.uid !== uid && !candidate.metadata.deletionTimestamp && isRunningAndReady(candidate);
  return firstPodWhere(session, selection, { timeoutMs, until: fits });
}
