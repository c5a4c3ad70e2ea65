import { isReason } from '../../../api/errors';
import { exactJson } from '../../../api/exact-json';
import { sleep } from '../../../api/clock';
import type { Unstructured } from '../../../api/meta';
import type { Info } from '../../builder';
import { withSource } from '../../errors';
import type { Session } from '../../session';
import type { ApplyPlan } from './options';
import { replaceByForce } from './force';
import { threeWayPatch, type ComputedPatch } from './three-way';

/** How often a patch that met a conflict is computed anew, and from which attempt on after a pause. */
const retriesMax = 5;
const retriesWithoutPause = 1;
const pauseMs = 1000;

export interface Patched {
  object: Unstructured;
  /** False when there was nothing to change. */
  changed: boolean;
}

/** Brings the live object to what the file says. After kubectl's Patcher. */
export async function patchLive(session: Session, plan: ApplyPlan, info: Info, modified: Unstructured, live: Unstructured): Promise<Patched> {
  let current = live;
  let computed: ComputedPatch = { type: 'merge', patch: {} };
  for (let attempt = 0; ; attempt++) {
    try {
      computed = threeWayPatch(info.resource, modified, current, plan.overwrite);
      if (!Object.keys(computed.patch).length) return { object: current, changed: false };
      return { object: await send(session, plan, info, computed), changed: true };
    } catch (error) {
      const again = isReason(error, 'Conflict') && attempt < retriesMax;
      if (!again && plan.force && isReason(error, 'Conflict', 'Invalid')) return { object: await replaceByForce(session, plan, info, modified, current), changed: true };
      if (!again) throw explained(error, computed, info);
      if (attempt >= retriesWithoutPause) await sleep(session.clock, pauseMs, session.signal);
      current = await (await session.client()).get<Unstructured>(info.resource, info.name, info.namespace);
    }
  }
}

async function send(session: Session, { dryRun, manager, validation }: ApplyPlan, { resource, name, namespace }: Info, { type, patch }: ComputedPatch): Promise<Unstructured> {
  const client = await session.client();
  return client.patch<Unstructured>(resource, name, namespace, type, patch, { dryRun: dryRun === 'server', fieldManager: manager, fieldValidation: validation });
}

function explained(error: unknown, { patch }: ComputedPatch, info: Info): unknown {
  const inner = withSource('patching', info.source, error);
  return withSource(`applying patch:\n${exactJson(patch)}\nto:\n${describeInfo(info)}\nfor:`, info.source, inner);
}

/** As Go prints a resource.Info. */
export function describeInfo({ resource: { group, version, plural, kind }, name, namespace }: Info): string {
  const of = `${group}/${version}`;
  return `Resource: ${JSON.stringify(`${of}, Resource=${plural}`)}, GroupVersionKind: ${JSON.stringify(`${of}, Kind=${kind}`)}\nName: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace)}`;
}
