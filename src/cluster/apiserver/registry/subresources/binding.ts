import { timestamp } from '../../../../api/clock';
import { ApiError, badRequest, conflict } from '../../../../api/errors';
import type { Binding, Pod } from '../../../../api/generated/core.v1';
import type { Unstructured } from '../../../../api/meta';
import { aggregate, notSupported, required } from '../../../../api/validation';
import { manyAttempts, updateEntry } from '../update';
import type { SubresourceHandler } from './subresource';

/**
 * Binds a pod to a node: the scheduler's one write. Wording: BindingREST in k8s.io/kubernetes/pkg/registry/core/pod/storage.
 * Throws Conflict when the pod is bound or being deleted.
 */
export const binding: SubresourceHandler = {
  type: { group: '', version: 'v1', kind: 'Binding', schema: 'io.k8s.api.core.v1.Binding' },
  async create({ registry, kind, namespace, name }, object, context) {
    const given = object as unknown as Binding;
    assertBinding(given, name);
    await updateEntry(registry, kind, namespace, name, (current) => bound(current as unknown as Pod, given, registry.clock.now()) as unknown as Unstructured,
      { part: 'raw', subresource: 'binding', attempts: manyAttempts, isAdmitted: true }, context);
    return { object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } as unknown as Unstructured, code: 201 };
  },
};

function assertBinding({ metadata, target }: Binding, name: string): void {
  if (metadata?.name !== name) throw badRequest('name in URL does not match name in Binding object');
  const errors = [
    ...(target?.kind && target.kind !== 'Node' ? [notSupported('target.kind', target.kind, ['Node', '<empty>'])] : []),
    ...(target?.name ? [] : [required('target.name')]),
  ];
  // Upstream makes no Status of these.
  if (errors.length) throw new ApiError('Unknown', aggregate(errors));
}

/** Wording: Preconditions.Check of k8s.io/apiserver/pkg/storage, in the form in which it gets to the client. */
function assertPreconditions({ metadata: { name, namespace, uid, resourceVersion } }: Pod, given: Binding['metadata']): void {
  const refuse = (what: string, wanted: string, found: string | undefined) => conflict({ group: '', plural: 'pods' }, name,
    `StorageError: invalid object, Code: 4, Key: /registry/pods/${namespace}/${name}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${found}`);
  if (given?.uid && given.uid !== uid) throw refuse('UID', given.uid, uid);
  if (given?.resourceVersion && given.resourceVersion !== resourceVersion) throw refuse('ResourceVersion', given.resourceVersion, resourceVersion);
}

function bound(pod: Pod, { metadata: given, target }: Binding, nowMs: number): Pod {
  assertPreconditions(pod, given);
  const refuse = (why: string) => conflict({ group: '', plural: 'pods/binding' }, pod.metadata.name, why);
  if (pod.metadata.deletionTimestamp) throw refuse(`pod ${pod.metadata.name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName) throw refuse(`pod ${pod.metadata.name} is already assigned to node "${pod.spec.nodeName}"`);
  if (pod.spec.schedulingGates?.length) throw refuse(`pod ${pod.metadata.name} has non-empty .spec.schedulingGates`);
  const others = pod.status?.conditions?.filter(({ type }) => type !== 'PodScheduled') ?? [];
  const annotations = { ...pod.metadata.annotations, ...given?.annotations };
  return {
    ...pod,
    metadata: { ...pod.metadata, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: { ...pod.spec, nodeName: target.name! },
    status: { ...pod.status, conditions: [...others, { type: 'PodScheduled', status: 'True', lastProbeTime: null as never, lastTransitionTime: timestamp(nowMs) }] },
  };
}
