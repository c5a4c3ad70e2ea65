import { isReason } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import type { Info } from '../../builder';
import { withoutLastApplied } from '../../last-applied';
import type { Session } from '../../session';
import { threeWayPatch } from '../apply/three-way';

export interface Versions {
  live: Unstructured | undefined;
  merged: Unstructured;
}

export interface MergeOptions {
  serverSide: boolean;
  force: boolean;
  manager: string;
}

/** An object that changes under our eyes is compared this often with its version as a condition. */
const attemptsMax = 4;

/** The object as it is and as it would be after an apply. After k8s.io/kubectl/pkg/cmd/diff. */
export async function versionsOf(session: Session, info: Info, options: MergeOptions): Promise<Versions> {
  for (let attempt = 1; ; attempt++) {
    const live = await readLive(session, info);
    try {
      return { live, merged: await merge(session, info, live, { ...options, pinned: attempt < attemptsMax }) };
    } catch (error) {
      if (!isReason(error, 'Conflict') || attempt === attemptsMax) throw error;
    }
  }
}

async function readLive(session: Session, { resource, name, namespace }: Info): Promise<Unstructured | undefined> {
  try {
    return await (await session.client()).get<Unstructured>(resource, name, namespace);
  } catch (error) {
    if (isReason(error, 'NotFound')) return undefined;
    throw error;
  }
}

async function merge(session: Session, info: Info, live: Unstructured | undefined, { serverSide, force, manager, pinned }: MergeOptions & { pinned: boolean }): Promise<Unstructured> {
  const { resource, name, namespace, object } = info;
  const client = await session.client();
  const write = { dryRun: true, fieldManager: manager };
  if (serverSide) return client.patch<Unstructured>(resource, name, namespace, 'apply', object, { ...write, force });
  if (!live) return client.create<Unstructured>(resource, withoutVersion(object), write);
  const { type, patch } = threeWayPatch(resource, withoutLastApplied(object), live, true);
  if (!Object.keys(patch).length) return live;
  const metadata = { ...(patch['metadata'] as object | undefined), ...(pinned && { resourceVersion: live.metadata.resourceVersion }) };
  return client.patch<Unstructured>(resource, name, namespace, type, { ...patch, metadata }, write);
}

function withoutVersion(object: Unstructured): Unstructured {
  const { resourceVersion: _version, ...metadata } = object.metadata;
  return { ...object, metadata } as Unstructured;
}
