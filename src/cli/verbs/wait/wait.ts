import { isReason, notFound } from '../../../api/errors';
import { sleep } from '../../../api/clock';
import type { Unstructured } from '../../../api/meta';
import { collect, forEachInfo, visit, type Info, type ResourceRequest } from '../../builder';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import { watchObject, withDeadline } from '../../watch-object';
import { nameWithKind } from '../delete/names';
import { conditionOf, type Check, type Condition } from './conditions';
import type { WaitFlags } from './flags';

type WaitInput = Input<WaitFlags & GlobalFlags>;

interface Patience {
  /** 0: look once. */
  timeoutMs: number;
  signal: AbortSignal;
  expired: () => boolean;
}

const weekMs = 168 * 3_600_000;
const pollMs = 500;
const timedOut = 'timed out waiting for the condition';

/** After k8s.io/kubectl/pkg/cmd/wait. */
export async function wait(session: Session, input: WaitInput): Promise<void> {
  const { flags } = input;
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'condition met', dryRun: 'none' });
  const request = await requestOf(session, input);
  const condition = conditionOf(flags.for);
  const timeoutMs = flags.timeout < 0 ? weekMs : flags.timeout;
  await withDeadline(session, timeoutMs, async (signal, expired) => {
    const patience = { timeoutMs, signal, expired };
    if (condition.kind === 'create') await untilCreated(session, request, patience);
    let count = 0;
    const errors = await forEachInfo(await visit(session, request), async (info) => {
      count++;
      print(await waitFor(session, info, condition, patience));
    });
    throwAll(condition.kind === 'delete' ? errors.filter((error) => !isReason(error, 'NotFound')) : errors);
    if (!count && condition.kind !== 'delete') throw new Error('no matching resources found');
  });
}

async function requestOf(session: Session, { flags, args }: WaitInput): Promise<ResourceRequest> {
  return {
    filenames: flags.filename, recursive: flags.recursive, namespace: await session.namespace(), allNamespaces: flags['all-namespaces'],
    ...(flags.local ? { local: true } : { args, emptySelectorMeansAll: flags.all, selector: flags.selector, fieldSelector: flags['field-selector'], latest: true }),
  };
}

/** The object as it is when what was waited for has come. */
function waitFor(session: Session, info: Info, condition: Condition, patience: Patience): Promise<Unstructured> {
  if (!info.name) throw new Error('resource name must be provided');
  if (condition.kind === 'create') return Promise.resolve(info.object);
  return condition.kind === 'delete' ? untilDeleted(session, info, patience) : untilMet(session, info, condition.check, patience);
}

async function untilCreated(session: Session, request: ResourceRequest, { timeoutMs, signal, expired }: Patience): Promise<void> {
  for (;;) {
    const { infos, errors } = await collect(await visit(session, request));
    const failures = errors.filter((error) => !isReason(error, 'NotFound'));
    throwAll(failures);
    if (infos.length && !errors.length) return;
    if (!timeoutMs) throw new Error(timedOut);
    await sleep(session.clock, pollMs, signal).catch((error: unknown) => {
      throw expired() ? new Error(timedOut) : error;
    });
  }
}

async function untilDeleted(session: Session, info: Info, { timeoutMs, signal, expired }: Patience): Promise<Unstructured> {
  const client = await session.client();
  const { resource, name, namespace } = info;
  const found = await client.get<Unstructured>(resource, name, namespace).catch((error: unknown) => {
    if (isReason(error, 'NotFound')) return undefined;
    throw error;
  });
  if (!found) return info.object;
  if (!timeoutMs) throw new Error(`condition not met for ${nameWithKind(info)}`);
  for await (const event of watchObject(session, info, signal)) {
    if (event.type === 'absent' || event.type === 'DELETED') return found;
  }
  throw ended(info, expired);
}

async function untilMet(session: Session, info: Info, check: Check, { timeoutMs, signal, expired }: Patience): Promise<Unstructured> {
  if (!timeoutMs) return lookOnce(session, info, check);
  for await (const event of watchObject(session, info, signal)) {
    if (event.type === 'absent') throw notFound(info.resource, info.name);
    if (event.type !== 'DELETED' && check(event.object)) return { ...event.object, apiVersion: info.object.apiVersion!, kind: info.resource.kind };
  }
  throw ended(info, expired);
}

async function lookOnce(session: Session, info: Info, check: Check): Promise<Unstructured> {
  const client = await session.client();
  const object = await client.get<Unstructured>(info.resource, info.name, info.namespace);
  if (!check(object)) throw new Error(`condition not met for ${nameWithKind(info)}`);
  return object;
}

const ended = (info: Info, expired: () => boolean) => new Error(expired() ? `${timedOut} on ${nameWithKind(info)}` : 'context canceled');
