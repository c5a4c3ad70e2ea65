import { isReason, type ApiError } from '../../../api/errors';
import type { Event } from '../../../api/generated/core.v1';
import { groupVersion, type KubeList, type Unstructured } from '../../../api/meta';
import { noResourceMatch } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { objectPrinter } from '../../print/printer';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import { failingOnInterrupt } from '../../session/interrupt';
import type { EventsFlags } from './flags';
import { eventTable, eventTimeMs } from './table';

type EventsInput = Input<EventsFlags & GlobalFlags>;

const eventsResource = { group: '', version: 'v1', plural: 'events', namespaced: true };
/** kubectl has --chunk-size here and does not use it. */
const chunkSize = 500;

interface Selection {
  readonly namespace: string;
  /** '' for all. */
  readonly fieldSelector: string;
  isWanted(event: Event): boolean;
}

/** Prints a list or one event that came. */
type Print = (events: readonly Event[], whole: Unstructured) => Promise<void>;

/** After k8s.io/kubectl/pkg/cmd/events. */
export async function events(session: Session, { flags }: EventsInput): Promise<void> {
  const { name } = await session.namespace();
  const fieldSelector = flags.for && await targetOf(session, flags.for);
  const print = await printer(session, flags);
  if (flags.types.some((type) => !/^(normal|warning)$/i.test(type))) throw new Error('valid --types are Normal or Warning');
  const types = flags.types.map((type) => type.toLowerCase());
  const selection: Selection = {
    namespace: flags['all-namespaces'] ? '' : name, fieldSelector,
    isWanted: ({ type = '' }) => !types.length || types.includes(type.toLowerCase()),
  };
  if (flags.watch) return watch(session, selection, print);
  const items = await list(session, selection);
  if (!items.length) return void session.streams.err.write(selection.namespace ? `No events found in ${name} namespace.\n` : 'No events found.\n');
  const sorted = items.map((event) => ({ ...event, kind: 'Event', apiVersion: 'v1' })).sort((a, b) => eventTimeMs(a) - eventTimeMs(b));
  await print(sorted, { kind: 'EventList', apiVersion: 'v1', metadata: {}, items: sorted } as unknown as Unstructured);
}

/** The events about an object, by fields. */
async function targetOf(session: Session, text: string): Promise<string> {
  const [type, name, ...more] = text.split('/') as [string, ...string[]];
  if (name === undefined) throw new Error('--for must be in resource/name form');
  if (more.length) throw new Error('arguments in resource/name form may not have more than one slash');
  const wanted = type.toLowerCase();
  const resource = await (await session.discovery()).resource(wanted);
  if (!resource) throw noResourceMatch(...splitGroup(wanted));
  return name && `involvedObject.kind=${resource.kind},involvedObject.apiVersion=${groupVersion(resource)},involvedObject.name=${name}`;
}

const splitGroup = (type: string): [string, string] => (type.includes('.') ? [type.slice(0, type.indexOf('.')), type.slice(type.indexOf('.') + 1)] : [type, '']);

async function printer({ streams: { out }, cwd, clock }: Session, flags: EventsInput['flags']): Promise<Print> {
  if (flags.output) {
    const print = await objectPrinter({ flags, out, cwd, keepOrder: true });
    return async (_events, whole) => {
      // kubectl prints no names of lists, and says nothing about it here.
      if (!(flags.output === 'name' && whole.kind === 'EventList')) print(await asTyped(whole));
    };
  }
  const layOut = eventTable({ noHeaders: flags['no-headers'], withNamespace: flags['all-namespaces'] });
  return async (items) => void out.write(layOut(items, clock.now()));
}

async function list(session: Session, { namespace, fieldSelector, isWanted }: Selection): Promise<Event[]> {
  const client = await session.client();
  const items: Event[] = [];
  let token: string | undefined;
  do {
    const page: KubeList<Event> = await client.list<Event>(eventsResource, {
      ...(namespace && { namespace }), ...(fieldSelector && { fieldSelector }), limit: chunkSize, ...(token && { continue: token }),
    }).catch((error: unknown) => {
      if (isReason(error, 'BadRequest', 'NotFound')) explain(error as ApiError, fieldSelector);
      throw error;
    });
    items.push(...page.items.filter(isWanted));
    token = page.metadata.continue;
  } while (token);
  return items;
}

/** After cli-runtime's EnhanceListError. */
function explain(error: ApiError, fieldSelector: string): void {
  error.message = fieldSelector
    ? `Unable to find "events" that match label selector "", field selector ${JSON.stringify(fieldSelector)}: ${error.message}`
    : `Unable to list "events": ${error.message}`;
}

/** What there is and what comes, until the process is interrupted or the server ends the watch. */
async function watch(session: Session, { namespace, fieldSelector, isWanted }: Selection, print: Print): Promise<void> {
  const client = await session.client();
  const options = { ...(namespace && { namespace }), ...(fieldSelector && { fieldSelector }), signal: session.signal };
  await failingOnInterrupt(async () => {
    for await (const { type, object } of client.watch<Event>(eventsResource, options)) {
      const event = object as Event;
      if ((type === 'ADDED' || type === 'MODIFIED') && isWanted(event)) await print([event], { ...event, kind: 'Event', apiVersion: 'v1' } as unknown as Unstructured);
    }
  });
}
