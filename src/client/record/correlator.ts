import type { Event } from '../../api/generated/core.v1';
import { BoundedMap } from './bounded-map';

/** What is to be done with an event: write it as new, count one written before, or nothing. */
export type Correlated =
  | { do: 'create'; event: Event; key: string }
  | { do: 'count'; event: Event; key: string; name: string; count: number }
  | { do: 'drop' };

// The numbers of k8s.io/client-go/tools/record.
const rememberedMax = 4096;
const similarMax = 10;
const similarWithinMs = 600_000;
const burst = 25;
const refillEveryMs = 300_000;

interface Similar {
  lastMs: number;
  messages: Set<string>;
}

interface Bucket {
  tokens: number;
  filledMs: number;
}

/**
 * Counts equal events, combines events that differ in their message only once there are ten of them in ten minutes,
 * and cuts a source off that has reported 25 events about one object without pause.
 * After k8s.io/client-go/tools/record.EventCorrelator.
 */
export class Correlator {
  private readonly similar = new BoundedMap<string, Similar>(rememberedMax);
  private readonly written = new BoundedMap<string, { name: string; count: number }>(rememberedMax);
  private readonly buckets = new BoundedMap<string, Bucket>(rememberedMax);

  correlate(event: Event, nowMs: number): Correlated {
    if (!this.takeToken(sourceKey(event), nowMs)) return { do: 'drop' };
    const { key, message } = this.aggregate(event, nowMs);
    const known = this.written.get(key);
    const named = { ...event, message };
    if (!known) {
      this.written.set(key, { name: event.metadata.name, count: 1 });
      return { do: 'create', event: named, key };
    }
    this.written.set(key, { name: known.name, count: known.count + 1 });
    return { do: 'count', event: named, key, name: known.name, count: known.count + 1 };
  }

  /** The event that was counted no longer exists; `event` was written in its place. */
  restart(key: string, event: Event): void {
    this.written.set(key, { name: event.metadata.name, count: 1 });
  }

  private aggregate(event: Event, nowMs: number): { key: string; message: string } {
    const message = event.message ?? '';
    const group = [sourceKey(event), event.reason].join('\0');
    const before = this.similar.get(group);
    const similar = before && nowMs - before.lastMs <= similarWithinMs ? before : { lastMs: nowMs, messages: new Set<string>() };
    similar.lastMs = nowMs;
    similar.messages.add(message);
    this.similar.set(group, similar);
    if (similar.messages.size < similarMax) return { key: [group, message].join('\0'), message };
    similar.messages.delete(similar.messages.values().next().value as string);
    return { key: group, message: `(combined from similar events): ${message}` };
  }

  private takeToken(key: string, nowMs: number): boolean {
    const bucket = this.buckets.get(key) ?? { tokens: burst, filledMs: nowMs };
    const tokens = Math.min(burst, bucket.tokens + (nowMs - bucket.filledMs) / refillEveryMs);
    this.buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, filledMs: nowMs });
    return tokens >= 1;
  }
}

function sourceKey({ source, reportingComponent, involvedObject: about, type }: Event): string {
  return [source?.component ?? reportingComponent, source?.host, about.kind, about.namespace, about.name, about.uid, about.apiVersion,
    about.fieldPath, type].join('\0');
}
