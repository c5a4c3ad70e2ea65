import { timestamp, type Clock } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Event, Service } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Client } from '../../../client/client';
import type { Index } from '../../../client/informer';
import { whyUnready } from '../../../kinds/core/service/unready';
import { debounce } from '../debounce';
import { keyOf, serviceOfSlice } from '../rules/service-port';
import { onAnyChange, type ClusterState } from '../state';
import { ReadinessWatch } from './watch';

export interface ReasonsOptions {
  client: Client;
  state: ClusterState;
  clock: Clock;
  log: (line: string) => void;
}

const events = { group: '', version: 'v1', plural: 'events', namespaced: true };
const reason = 'NoReadyEndpoints';
const component = 'service-proxy';

/** Pods come and go by the dozen; whoever reads the reason does not mind the second. */
const delayMs = 1000;

const byService: Index<EndpointSlice> = { name: 'service', values: (slice) => [serviceOfSlice(slice) ?? ''] };

/**
 * Keeps an event on each Service at which nobody has answered for a while, with the reason; one event, changed when
 * the reason changes, and taken away when it is mended. Returns the function that ends it.
 */
export function startReasons({ client, state, clock, log }: ReasonsOptions): () => Promise<void> {
  const watch = new ReadinessWatch();
  let cancelDue = () => {};
  let inherited: Promise<void> | undefined;

  /** What an earlier run has told. */
  const inherit = async () => {
    const { items } = await client.list<Event>(events, { fieldSelector: `reason=${reason}` });
    for (const { metadata, involvedObject, message } of items) {
      if (metadata.name === eventName(involvedObject.name ?? '')) watch.told(`${metadata.namespace}/${involvedObject.name}`, { uid: involvedObject.uid ?? '', message: message ?? '', atMs: clock.now() });
    }
  };

  const why = (service: Service) => whyUnready(service, { slices: state.endpointSlices.find(byService, keyOf(service)), pods: () => state.pods.list() });

  async function sync(): Promise<void> {
    await (inherited ??= inherit());
    const { changes, dueMs } = watch.look(state.services.list().filter(({ metadata }) => !metadata.deletionTimestamp), why, clock.now());
    for (const { key, service, message } of changes) {
      if (service && message) await tell(service, message);
      else await takeBack(key);
      watch.told(key, service && message ? { uid: service.metadata.uid ?? '', message, atMs: clock.now() } : undefined);
    }
    cancelDue();
    cancelDue = dueMs === undefined ? () => {} : clock.schedule(dueMs, () => loop.trigger());
  }

  async function tell(service: Service, message: string): Promise<void> {
    const event = eventAbout(service, message, timestamp(clock.now()));
    try {
      await client.create(events, event).catch(async (error: unknown) => {
        if (!isReason(error, 'AlreadyExists')) throw error;
        const { firstTimestamp: _, ...later } = event;
        await client.patch(events, event.metadata.name, event.metadata.namespace, 'merge', later);
      });
    } catch (error) {
      // Of a namespace that ends.
      if (!isReason(error, 'NotFound', 'Forbidden')) throw error;
    }
  }

  async function takeBack(key: string): Promise<void> {
    const [namespace, name = ''] = key.split('/');
    await client.delete(events, eventName(name), namespace).catch((error: unknown) => {
      if (!isReason(error, 'NotFound')) throw error;
    });
  }

  const loop = debounce(sync, {
    clock, delayMs, retryMs: 1000, retryMsMost: 30_000,
    onError: (error) => {
      inherited = undefined;
      log(`reasons of Services: ${error instanceof Error ? error.message : String(error)}`);
    },
  });
  const ends = [onAnyChange(state.services, () => loop.trigger()), onAnyChange(state.endpointSlices, () => loop.trigger()), onAnyChange(state.pods, () => {
    if (watch.hasUnready) loop.trigger();
  })];
  loop.trigger();
  return async () => {
    for (const end of ends) end();
    await loop.stop();
    cancelDue();
  };
}

/** One name for all of a Service's: there is never more than one. */
const eventName = (service: string): string => `${service}.no-ready-endpoints`;

function eventAbout({ metadata }: Service, message: string, now: string): Event {
  const { name, namespace, uid } = metadata;
  return {
    apiVersion: 'v1', kind: 'Event', metadata: { name: eventName(name), ...(namespace && { namespace }) },
    involvedObject: { apiVersion: 'v1', kind: 'Service', name, ...(namespace && { namespace }), ...(uid && { uid }) },
    type: 'Warning', reason, message, count: 1, firstTimestamp: now, lastTimestamp: now,
    source: { component }, reportingComponent: component, reportingInstance: '',
  };
}
