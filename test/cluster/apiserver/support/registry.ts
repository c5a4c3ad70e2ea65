import type { Clock } from '../../../../src/api/clock';
import { isApiError } from '../../../../src/api/errors';
import { createRegistry } from '../../../../src/cluster/apiserver/server';
import * as verbs from '../../../../src/cluster/apiserver/registry';
import { createMemoryStore, type Store } from '../../../../src/cluster/store';
import { inProcessClient } from '../../../../src/cluster/daemon/in-process-client';
import { kinds as builtIn } from '../../../../src/kinds';
import type { Kind } from '../../../../src/kinds/kind';
import type { Resource } from '../../../../src/client/client';

export const admin = { name: 'admin', groups: ['system:masters'] };
export const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', namespaced: false };
export const core = (plural: string): Resource => ({ group: '', version: 'v1', plural, namespaced: true });

/** Time that moves only when told to. */
export class TestClock implements Clock {
  private nowMs = Date.parse('2026-01-31T12:00:00Z');
  private readonly timers = new Set<{ atMs: number; fire: () => void }>();

  now(): number {
    return this.nowMs;
  }

  schedule(delayMs: number, fire: () => void): () => void {
    const timer = { atMs: this.nowMs + delayMs, fire };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  advance(byMs: number): void {
    this.nowMs += byMs;
    for (const timer of [...this.timers].sort((a, b) => a.atMs - b.atMs)) {
      if (timer.atMs > this.nowMs || !this.timers.delete(timer)) continue;
      timer.fire();
    }
  }
}

/** A generator that repeats itself from run to run. */
export function seeded(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

export async function testRegistry(kinds: readonly Kind[] = [], store: Store = createMemoryStore()) {
  const clock = new TestClock();
  const registry = createRegistry({
    store, clock, random: seeded(), kinds: [...builtIn, ...kinds], serviceCIDR: '10.96.0.0/24', nodePortRange: { from: 30000, to: 30031 },
  });
  const client = inProcessClient(registry, admin);
  if (!store.get('/namespaces/default')) await client.create(namespaces, { metadata: { name: 'default' } });
  const warnings: string[] = [];
  const context = { user: admin, dryRun: false, warn: (text: string) => void warnings.push(text) };
  return { registry, client, clock, store, context, warnings, verbs };
}

/** What an operation failed with: `409 Conflict: …`. */
export async function failure(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return isApiError(error) ? `${error.code} ${error.reason}: ${error.message}` : String(error);
  }
}
