import { ApiError, isReason } from '../../api/errors';
import type { ObjectReference } from '../../api/generated/core.v1';
import { groupVersion, type KubeObject } from '../../api/meta';
import type { Client } from '../../client/client';
import type { Recorder } from '../../client/record';
import type { Action, BatchAction, DeleteAction, EventAction } from '../../kinds/actions';
import type { ResourceRef } from '../../kinds/resources';
import type { OwnWrites } from './own-writes';

export interface Hands {
  readonly client: Client;
  readonly recorder: Recorder;
  readonly writes: OwnWrites;
}

/** In order; rejects with the first failure, after what the action wants done about it. */
export async function carryOut(actions: readonly Action[], hands: Hands): Promise<void> {
  for (const action of actions) await carryOutOne(action, hands);
}

async function carryOutOne(action: Action, hands: Hands): Promise<void> {
  if (action.type === 'event') return record(action, hands.recorder);
  let result: KubeObject | void;
  try {
    result = await perform(action, hands);
  } catch (failure) {
    const error = failure instanceof Error ? failure : new Error(String(failure));
    if (action.type === 'delete' && isGone(action, error)) return hands.writes.removed(action.resource, action.object);
    if ('tolerates' in action && action.tolerates?.(error)) return;
    await carryOut(action.failed?.(error) ?? [], hands);
    throw error;
  }
  if ('succeeded' in action) await carryOut(action.succeeded?.(result as never) ?? [], hands);
}

async function perform(action: Exclude<Action, EventAction>, hands: Hands): Promise<KubeObject | void> {
  switch (action.type) {
    case 'batch': return batch(action, hands);
    case 'delete': return remove(action, hands);
    case 'create': return written(action.resource, await hands.client.create(action.resource, typed(action.resource, action.object)), hands);
    case 'update': return written(action.resource, await hands.client.update(action.resource, typed(action.resource, action.object), {
      ...(action.subresource && { subresource: action.subresource }),
    }), hands);
  }
}

function written(resource: ResourceRef, object: KubeObject, { writes }: Hands): KubeObject {
  writes.wrote(resource, object);
  return object;
}

async function remove(action: DeleteAction, { client, writes }: Hands): Promise<void> {
  const { resource, object, options, unchanged } = action;
  const { name, namespace, uid, resourceVersion } = object.metadata;
  const preconditions = { ...(uid && { uid }), ...(unchanged && resourceVersion && { resourceVersion }) };
  try {
    await client.delete(resource, name, namespace, { ...options, preconditions });
  } catch (error) {
    if (!isOpen(error) || !(await hasHappened(action, client))) throw error;
  }
  writes.removed(resource, object);
}

/** The answer does not say whether it was done. */
const isOpen = (error: unknown): boolean => !(error instanceof ApiError) || isReason(error, 'InternalError', 'Timeout', 'ServerTimeout');

/** Asked of the server: whoever went on by an old copy would delete another one in its place. */
async function hasHappened({ resource, object: { metadata: { name, namespace, uid } } }: DeleteAction, client: Client): Promise<boolean> {
  try {
    const { metadata } = await client.get(resource, name, namespace);
    return metadata.uid !== uid || metadata.deletionTimestamp !== undefined;
  } catch (error) {
    return isReason(error, 'NotFound');
  }
}

async function batch({ actions }: BatchAction, hands: Hands): Promise<void> {
  let size = 1;
  for (let from = 0; from < actions.length; from += size, size *= 2) {
    const results = await Promise.allSettled(actions.slice(from, from + size).map((action) => carryOutOne(action, hands)));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
  }
}

function record({ resource, about, severity, reason, message }: EventAction, recorder: Recorder): void {
  recorder.record({ about: referenceTo(resource, about), severity, reason, message });
}

function referenceTo(resource: ResourceRef, { metadata }: KubeObject): ObjectReference {
  const { name, namespace, uid, resourceVersion } = metadata;
  return {
    kind: resource.kind, apiVersion: groupVersion(resource), name,
    ...(namespace && { namespace }), ...(uid && { uid }), ...(resourceVersion && { resourceVersion }),
  };
}

const typed = (resource: ResourceRef, object: KubeObject): KubeObject =>
  ({ ...object, apiVersion: groupVersion(resource), kind: resource.kind });

/** Nothing bears that name, or something else does by now. */
const isGone = ({ unchanged }: DeleteAction, error: unknown): boolean =>
  isReason(error, 'NotFound') || (!unchanged && isReason(error, 'Conflict'));
