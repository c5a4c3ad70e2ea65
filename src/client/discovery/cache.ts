import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../api/clock';
import type { RestClient } from '../http/rest';
import { fromCompact, parseCompact, toCompact } from './compact';
import { fetchDiscovery } from './fetch';
import { findCategory, findKind, findResource } from './mapper';
import type { ApiResource, Snapshot } from './types';

/** What the server serves, from a cache where that is good enough. Rejects with the client's errors. */
export interface Discovery {
  /** From the cache when it is young, else from the server. */
  snapshot(): Promise<Snapshot>;
  /** From the server. */
  refresh(): Promise<Snapshot>;
  /** See `findResource`; asks the server before it says undefined. */
  resource(argument: string): Promise<ApiResource | undefined>;
  kind(group: string, kind: string, version?: string): Promise<ApiResource | undefined>;
  category(name: string): Promise<ApiResource[]>;
}

export function cachedDiscovery(client: RestClient, file: string, server: string, clock: Clock): Discovery {
  let current: { snapshot: Snapshot; fresh: boolean } | undefined;
  const refresh = async (): Promise<Snapshot> => {
    const snapshot = await fetchDiscovery(client);
    current = { snapshot, fresh: true };
    save(file, JSON.stringify(toCompact(snapshot, server, clock.now())));
    return snapshot;
  };
  const snapshot = async (): Promise<Snapshot> => {
    current ??= load(file, server, clock);
    return current?.snapshot ?? refresh();
  };
  /** A cached answer may be too old to know a new kind. */
  const ask = async <T>(query: (of: Snapshot) => T, missing: (answer: T) => boolean): Promise<T> => {
    const answer = query(await snapshot());
    return missing(answer) && !current?.fresh ? query(await refresh()) : answer;
  };
  const absent = (answer: unknown) => answer === undefined;
  return {
    snapshot,
    refresh,
    resource: (argument) => ask((of) => findResource(of, argument), absent),
    kind: (group, kind, version) => ask((of) => findKind(of, group, kind, version), absent),
    // Most arguments are no categories, so an empty answer is not worth a request.
    category: (name) => ask((of) => findCategory(of, name), () => false),
  };
}

function load(file: string, server: string, clock: Clock): { snapshot: Snapshot; fresh: boolean } | undefined {
  try {
    const compact = parseCompact(readFileSync(file, 'utf8'), server, clock.now());
    return compact && { snapshot: fromCompact(compact), fresh: false };
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written is no reason to fail. */
function save(file: string, text: string): void {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o750 });
    writeFileSync(temporary, text, { mode: 0o660 });
    renameSync(temporary, file);
  } catch {
    rmSync(temporary, { force: true });
  }
}
