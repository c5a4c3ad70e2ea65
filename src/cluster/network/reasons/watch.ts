import type { Service } from '../../../api/generated/core.v1';
import { keyOf } from '../rules/service-port';

/** Pods need a moment to start, and a rollout may have a gap: nobody is told of these. */
const patienceMs = 5000;

/** Events are forgotten after an hour; one that still holds is told again before. */
const repeatMs = 1_800_000;

/** What stands on a Service now. */
interface Told {
  readonly uid: string;
  readonly message: string;
  readonly atMs: number;
}

/** By `namespace/name`: tell the message, or take back what was told where there is none. */
export interface Change {
  readonly key: string;
  readonly service?: Service;
  readonly message?: string;
}

/** Remembers since when nobody answers at which Service, and what was told about it. */
export class ReadinessWatch {
  private readonly since = new Map<string, { uid: string; sinceMs: number }>();
  private readonly current = new Map<string, Told>();

  get hasUnready(): boolean {
    return this.since.size > 0 || this.current.size > 0;
  }

  /** What was done about a change, or found at the start. */
  told(key: string, now: Told | undefined): void {
    if (now) this.current.set(key, now);
    else this.current.delete(key);
  }

  /** `dueMs`: from now, when to look again though nothing has changed. */
  look(services: readonly Service[], why: (service: Service) => string | undefined, nowMs: number): { changes: Change[]; dueMs?: number } {
    const known = new Map(services.map((service) => [keyOf(service), service]));
    const changes = [...this.current.keys()].filter((key) => !known.has(key)).map((key): Change => ({ key }));
    const due: number[] = [];
    for (const key of this.since.keys()) if (!known.has(key)) this.since.delete(key);
    for (const [key, service] of known) {
      const message = why(service);
      const change = this.changeOf(key, service, message, nowMs);
      if (typeof change === 'number') due.push(change);
      else if (change) changes.push(change);
      if (typeof change === 'object' && change.message) due.push(repeatMs);
    }
    return { changes, ...(due.length > 0 && { dueMs: Math.min(...due) }) };
  }

  /** A number: the milliseconds until it may be one. */
  private changeOf(key: string, service: Service, message: string | undefined, nowMs: number): Change | number | undefined {
    const told = this.current.get(key);
    if (message === undefined) {
      this.since.delete(key);
      return told && { key };
    }
    const { uid = '' } = service.metadata;
    const before = this.since.get(key);
    const sinceMs = before?.uid === uid ? before.sinceMs : nowMs;
    this.since.set(key, { uid, sinceMs });
    const same = told?.uid === uid && told.message === message;
    if (same && nowMs - told.atMs < repeatMs) return told.atMs + repeatMs - nowMs;
    const patience = told?.uid === uid ? 0 : sinceMs + patienceMs - nowMs;
    return patience > 0 ? patience : { key, service, message };
  }
}
