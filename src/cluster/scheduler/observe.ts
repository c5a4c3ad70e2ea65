import { deepEqual } from '../../api/equal';
import type { Namespace, Node, Pod } from '../../api/generated/core.v1';
import type { InformerSet } from '../../client/informer';
import { isFinished } from '../../kinds/pod-state';
import { claimNames } from '../../kinds/claims';
import { namespaces, nodes, persistentVolumeClaims, persistentVolumes, pods, storageClasses } from '../../kinds/resources';
import type { ClusterState } from './cluster-state';
import type { SchedulingQueue } from './queue';

/** The scheduler that a pod is left to when it names none. */
export const schedulerName = 'default-scheduler';

const isOurs = ({ spec }: Pod) => (spec?.schedulerName ?? schedulerName) === schedulerName;

/** Waits for a node, and may go to one. */
const isPending = (pod: Pod): boolean => isOurs(pod) && !pod.spec?.nodeName && !isFinished(pod)
  && !pod.metadata.deletionTimestamp && !pod.spec?.schedulingGates?.length;

/** What decides whether a pod fits: all but its status and bookkeeping. */
const decisive = ({ metadata, spec }: Pod) => ({ labels: metadata.labels, annotations: metadata.annotations, spec });

/** Pods that look at other pods may fit when one comes, not only when one goes. */
const minds = ({ spec }: Pod) => Boolean(spec?.affinity?.podAffinity ?? spec?.affinity?.podAntiAffinity ?? spec?.topologySpreadConstraints?.length);

/** Keeps state and queue current. Returns the function that ends it. */
export function observeCluster(informers: InformerSet, cluster: ClusterState, queue: SchedulingQueue): () => void {
  const endings = [observePods(informers, cluster, queue), observeNodes(informers, cluster, queue), ...observeVolumes(informers, queue), informers.for<Namespace>(namespaces).subscribe({})];
  return () => endings.forEach((end) => end());
}

function observePods(informers: InformerSet, cluster: ClusterState, queue: SchedulingQueue): () => void {
  const uidOf = (pod: Pod) => pod.metadata.uid ?? '';
  const seen = (pod: Pod, old?: Pod) => {
    if (isPending(pod)) {
      if (old && isPending(old) && !deepEqual(decisive(pod), decisive(old))) queue.retry(pod);
      else if (!cluster.isAssumed(uidOf(pod))) queue.add(pod);
      return;
    }
    queue.remove(uidOf(pod));
    cluster.observe(pod);
    if (isFinished(pod)) queue.moveAll();
    else if (pod.spec?.nodeName) queue.moveAll(minds);
  };
  return informers.for<Pod>(pods).subscribe({
    added: (pod) => seen(pod),
    updated: (pod, old) => {
      const same = old.spec?.nodeName !== undefined && isFinished(old) === isFinished(pod) && deepEqual(decisive(pod), decisive(old));
      if (!same) seen(pod, old);
    },
    deleted: (pod) => {
      queue.remove(uidOf(pod));
      cluster.forget(uidOf(pod));
      queue.moveAll();
    },
  });
}

/** Pods that use claims may fit when anything of storage changes. */
function observeVolumes(informers: InformerSet, queue: SchedulingQueue): (() => void)[] {
  const retry = () => queue.moveAll((pod) => claimNames(pod).length > 0);
  return [persistentVolumeClaims, persistentVolumes, storageClasses].map((resource) => informers.for(resource).subscribe({ added: retry, updated: retry }));
}

function observeNodes(informers: InformerSet, cluster: ClusterState, queue: SchedulingQueue): () => void {
  const decisiveOf = ({ metadata, spec, status }: Node) => ({ labels: metadata.labels, spec, allocatable: status?.allocatable });
  return informers.for<Node>(nodes).subscribe({
    added: (node) => {
      cluster.setNode(node);
      queue.moveAll();
    },
    updated: (node, old) => {
      const isSame = deepEqual(decisiveOf(node), decisiveOf(old));
      if (isSame && deepEqual(node.status?.images, old.status?.images)) return;
      cluster.setNode(node);
      if (!isSame) queue.moveAll();
    },
    deleted: ({ metadata }) => cluster.removeNode(metadata.name),
  });
}
