import { microTimestamp, timestamp, type Clock } from '../../api/clock';
import { isReason } from '../../api/errors';
import type { Event, ObjectReference } from '../../api/generated/core.v1';
import type { Client, Resource } from '../client';
import { Correlator, type Correlated } from './correlator';

export interface RecorderOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Who reports: `kubelet`, `deployment-controller`. */
  readonly component: string;
  /** The node, where the reporter belongs to one. */
  readonly host?: string;
}

export interface RecordedEvent {
  readonly about: ObjectReference;
  readonly severity: 'Normal' | 'Warning';
  /** Why, in one CamelCase word: `Scheduled`. */
  readonly reason: string;
  readonly message: string;
  /** What was done about it: `Binding`. With it the event is written in the style of events.k8s.io, as the scheduler does. */
  readonly action?: string;
  readonly annotations?: Record<string, string>;
}

export interface Recorder {
  /** Returns at once. Failures to write are logged. */
  record(event: RecordedEvent): void;
  /** Resolves when everything recorded so far was written or given up. */
  idle(): Promise<void>;
}

const events: Resource = { group: '', version: 'v1', plural: 'events', namespaced: true };

/** Writes go out one after the other, so that counts do not overtake the event that they count. */
export function createRecorder(options: RecorderOptions): Recorder {
  const correlator = new Correlator();
  const nameOf = eventNames(options);
  let last: Promise<void> = Promise.resolve();
  return {
    record(recorded) {
      const event = makeEvent(options, recorded, nameOf(recorded.about.name ?? ''));
      const correlated = correlator.correlate(event, options.clock.now());
      if (correlated.do === 'drop') return;
      last = last.then(() => write(options, correlator, correlated)).catch((error: unknown) => {
        options.log(`cannot record ${recorded.reason} about ${recorded.about.name}: ${error instanceof Error ? error.message : String(error)}`);
      });
    },
    idle: () => last,
  };
}

async function write({ client, clock }: RecorderOptions, correlator: Correlator, correlated: Exclude<Correlated, { do: 'drop' }>): Promise<void> {
  const { event } = correlated;
  if (correlated.do === 'count') {
    try {
      await client.patch(events, correlated.name, event.metadata.namespace, 'merge', counted(event, correlated.count, clock.now()));
      return;
    } catch (error) {
      if (!isReason(error, 'NotFound')) throw error;
      correlator.restart(correlated.key, event);
    }
  }
  await client.create(events, event);
}

function counted(event: Event, count: number, nowMs: number): Partial<Event> {
  if (event.action) return { series: { count, lastObservedTime: microTimestamp(nowMs) } };
  return { count, lastTimestamp: timestamp(nowMs), message: event.message ?? '' };
}

function makeEvent({ clock, component, host }: RecorderOptions, recorded: RecordedEvent, name: string): Event {
  const { about, severity, reason, message, action, annotations } = recorded;
  const now = timestamp(clock.now());
  const base = {
    apiVersion: 'v1', kind: 'Event',
    metadata: { name, namespace: about.namespace || 'default', ...(annotations && { annotations }) },
    involvedObject: about, reason, message, type: severity, reportingComponent: component,
  };
  if (action) {
    return { ...base, action, eventTime: microTimestamp(clock.now()), source: {}, reportingInstance: host ? `${component}-${host}` : component };
  }
  return {
    ...base, count: 1, firstTimestamp: now, lastTimestamp: now,
    source: { component, ...(host && { host }) }, reportingInstance: host ?? '',
  };
}

/**
 * `name.` and the nanoseconds since the epoch in hex, never the same twice. Two recorders write about one object in the
 * same millisecond, so each has nanoseconds of its own to begin with.
 */
function eventNames({ clock, component, host = '' }: RecorderOptions): (name: string) => string {
  const own = BigInt(nanosecondsOf(`${component}/${host}`));
  let last = 0n;
  return (name) => {
    const now = BigInt(Math.floor(clock.now())) * 1_000_000n + own;
    last = now > last ? now : last + 1n;
    return `${name}.${last.toString(16)}`;
  };
}

/** A number below a million that depends on the text alone. */
function nanosecondsOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) % 999_983;
  return hash;
}
