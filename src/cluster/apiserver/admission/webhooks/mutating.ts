import { deepEqual } from '../../../../api/equal';
import { internalError, isApiError } from '../../../../api/errors';
import type { AdmissionResponse } from '../../../../api/generated/admission.v1';
import type { MutatingWebhook } from '../../../../api/generated/admissionregistration.v1';
import type { Unstructured } from '../../../../api/meta';
import { jsonPatch } from '../../../../api/patch';
import type { Kind } from '../../../../kinds/kind';
import type { Store } from '../../../store';
import type { Authorizer } from '../../authz/authorizer';
import type { OutboundClient } from '../../outbound/client';
import { cloneJson } from '../../registry/clone';
import { setDefaults } from '../../registry/complete';
import { decodedCopy } from '../../registry/decode';
import type { AdmissionPlugin, AdmissionRequest, Registry, Reinvocation } from '../../registry/registry';
import { isExempt, typeOf } from '../matching/attributes';
import { inVersion, type Versioned } from '../matching/versioned';
import { callWebhook } from './call';
import { CallFailure, failedClosed, isCallFailure } from './errors';
import { wantedAs } from './should-call';
import { WebhookSource, type Hook } from './source';

const name = 'MutatingAdmissionWebhook';

/** What one round leaves for the next. Source: mutating/reinvocationcontext.go. */
interface Memory {
  /** Those that want to see what others made of the object after them. */
  readonly reinvocable: Set<string>;
  /** Those of them that have something new to see. */
  readonly due: Set<string>;
  /** The object as the webhooks left it. */
  output?: Unstructured | undefined;
}

/** Asks one after the other, each about what those before it made of the object. Source: mutating/dispatcher.go. */
export function mutatingWebhooks(store: Store, client: OutboundClient, authorizer: Authorizer): AdmissionPlugin {
  const source = new WebhookSource<MutatingWebhook>(store, 'mutatingwebhookconfigurations');
  return {
    name,
    admit(request, registry, reinvocation) {
      const hooks = source.hooks();
      return hooks.length && !isExempt(request) ? visitAll({ client, authorizer, registry, request, reinvocation }, hooks) : undefined;
    },
  };
}

async function visitAll(round: Round, hooks: readonly Hook<MutatingWebhook>[]): Promise<void> {
  const { request, reinvocation } = round;
  const memory = memoryOf(reinvocation);
  // Built-in plugins changed the object after the webhooks had seen it.
  if (reinvocation.isReinvoke && !deepEqual(memory.output, request.object)) requireReinvocation(memory);
  for (const [index, hook] of hooks.entries()) await visit({ ...round, memory, hook, index });
  memory.output = request.object && cloneJson(request.object);
}

function memoryOf({ state }: Reinvocation): Memory {
  const memory = (state.get(name) as Memory | undefined) ?? { reinvocable: new Set(), due: new Set() };
  state.set(name, memory);
  return memory;
}

function requireReinvocation({ reinvocable, due }: Memory): void {
  for (const uid of reinvocable) due.add(uid);
}

interface Round {
  readonly client: OutboundClient;
  readonly authorizer: Authorizer;
  readonly registry: Registry;
  readonly request: AdmissionRequest;
  readonly reinvocation: Reinvocation;
}

interface Visit extends Round {
  readonly memory: Memory;
  readonly hook: Hook<MutatingWebhook>;
  readonly index: number;
}

async function visit(visit: Visit): Promise<void> {
  const { registry, authorizer, request, reinvocation, memory, hook } = visit;
  const { webhook, uid } = hook;
  const versioned = await wantedAs(registry, authorizer, hook, request);
  // In the second round nobody is asked for the first time.
  if (!versioned || (reinvocation.isReinvoke && !memory.due.has(uid))) return;
  try {
    if (await mutate(visit, versioned)) {
      requireReinvocation(memory);
      reinvocation.require();
    }
  } catch (error) {
    if (!isCallFailure(error)) throw error;
    if (webhook.failurePolicy !== 'Ignore') throw failedClosed(error);
    request.context.annotate?.(`failed-open.mutation.webhook.admission.k8s.io/${place(visit)}`, webhook.name);
  }
  if (webhook.reinvocationPolicy === 'IfNeeded') memory.reinvocable.add(uid);
}

const place = ({ reinvocation: { isReinvoke }, index }: Visit) => `round_${isReinvoke ? 1 : 0}_index_${index}`;

/** Whether the object is another than before. */
async function mutate(visit: Visit, versioned: Versioned): Promise<boolean> {
  const { client, registry, request, hook: { webhook, configuration } } = visit;
  const note = (key: string, more: object) =>
    request.context.annotate?.(`${key}/${place(visit)}`, JSON.stringify({ configuration, webhook: webhook.name, ...more }));
  let mutated = false;
  try {
    const response = await callWebhook(client, registry, webhook, request, versioned, true);
    const patch = patchOf(webhook.name, response);
    if (!patch.length) return false;
    if (!versioned.object) throw internalError(`admission webhook ${JSON.stringify(webhook.name)} attempted to modify the object, which is not supported for this operation`);
    const patched = apply(request, versioned.kind, versioned.object, patch);
    mutated = !deepEqual(versioned.object, patched);
    note('patch.webhook.admission.k8s.io', { patch, patchType: 'JSONPatch' });
    await replace(request, versioned.kind, patched);
    return mutated;
  } finally {
    note('mutation.webhook.admission.k8s.io', { mutated });
  }
}

/** Throws CallFailure, InternalError. */
function patchOf(webhook: string, { patch, patchType }: AdmissionResponse): unknown[] {
  if (!patch) return [];
  if (patchType !== 'JSONPatch') throw new CallFailure(webhook, `unsupported patch type ${JSON.stringify(patchType)}`);
  try {
    return JSON.parse(Buffer.from(patch, 'base64').toString()) as unknown[];
  } catch (error) {
    throw internalError((error as Error).message);
  }
}

/** Decoded as a body would be. Throws InternalError. */
function apply(request: AdmissionRequest, kind: Kind, object: Unstructured, patch: unknown[]): Unstructured {
  const { schema } = typeOf(request, kind);
  try {
    return decodedCopy({ schema, ...(!request.type && kind.coerce && { coerce: kind.coerce }) }, jsonPatch(cloneJson(object), patch) as Unstructured);
  } catch (error) {
    throw internalError(isApiError(error) ? error.message : (error as Error).message);
  }
}

/** Takes the new state over, in place and in the form of the request. */
async function replace(request: AdmissionRequest, kind: Kind, patched: Unstructured): Promise<void> {
  if (!request.type) setDefaults(kind, patched);
  const object = request.object!;
  const result = request.type ? patched : await inVersion(patched, kind, request.kind);
  for (const field of Object.keys(object)) delete object[field];
  Object.assign(object, result);
}
