import type { DeleteOptions, KubeObject } from '../../api/meta';
import { timestamp } from '../../api/clock';

interface Loose extends KubeObject {
  spec?: { nodeName?: string; terminationGracePeriodSeconds?: number; finalizers?: string[] };
  status?: { phase?: string };
}

/**
 * What a delete makes of an object: nothing (it is removed at once), or the object that waits for its finalizers
 * or, for a pod on a node, for the kubelet.
 */
export function markDeleted(plural: string, object: KubeObject, options: DeleteOptions, nowMs: number): KubeObject | undefined {
  const policyFinalizer = { Foreground: 'foregroundDeletion', Orphan: 'orphan', Background: undefined }[options.propagationPolicy ?? 'Background'];
  const finalizers = [...(object.metadata.finalizers ?? []).filter((name) => name !== 'orphan' && name !== 'foregroundDeletion'), ...(policyFinalizer ? [policyFinalizer] : [])];
  const graceSeconds = plural === 'pods' ? podGraceSeconds(object, options) : 0;
  const waits = finalizers.length > 0 || graceSeconds > 0 || ((object as Loose).spec?.finalizers?.length ?? 0) > 0;
  if (!waits) return undefined;
  const metadata = {
    ...object.metadata,
    ...(finalizers.length > 0 && { finalizers }),
    deletionTimestamp: object.metadata.deletionTimestamp ?? timestamp(nowMs + graceSeconds * 1000),
    deletionGracePeriodSeconds: graceSeconds,
  };
  return plural === 'namespaces' ? { ...object, metadata, status: { phase: 'Terminating' } } as KubeObject : { ...object, metadata };
}

/** An object that was waiting for finalizers, or for a kubelet that has now finished, is gone. */
export function isFinished(object: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  const specFinalizers = (object as Loose).spec?.finalizers ?? [];
  return deletionTimestamp !== undefined && !deletionGracePeriodSeconds && !finalizers?.length && specFinalizers.length === 0;
}

function podGraceSeconds(object: KubeObject, options: DeleteOptions): number {
  const pod = object as Loose;
  const finished = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  if (!pod.spec?.nodeName || finished) return 0;
  return options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
}
