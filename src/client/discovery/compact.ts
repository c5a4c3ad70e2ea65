import type { ApiResource, Snapshot } from './types';

/** The cache file: arrays instead of objects, because every start parses it. */
export interface CompactDiscovery {
  v: 1;
  server: string;
  /** When it was fetched, in milliseconds since the epoch. */
  at: number;
  groups: [name: string, versions: string[]][];
  resources: CompactResource[];
}

export type CompactResource = [
  group: string, version: string, plural: string, singular: string, kind: string, namespaced: 0 | 1,
  shortNames: string[], categories: string[], verbs: string[], subresources: string[],
];

export const cacheTtlMs = 6 * 3600_000;

/** The server's part of the file name, as client-go spells it. */
export function discoveryCacheFile(cacheDir: string, server: string): string {
  const host = server.replace(/^https?:\/\//, '').replace(/[^\w/.]/g, '_').replace(/\//g, '_');
  return `${cacheDir}/knarr/${host}.json`;
}

export function toCompact(snapshot: Snapshot, server: string, nowMs: number): CompactDiscovery {
  return {
    v: 1, server, at: nowMs,
    groups: snapshot.groups.map(({ name, versions }) => [name, [...versions]]),
    resources: snapshot.resources.map((r) => [
      r.group, r.version, r.plural, r.singular, r.kind, r.namespaced ? 1 : 0,
      [...r.shortNames], [...r.categories], [...r.verbs], [...r.subresources],
    ]),
  };
}

export function fromCompact(compact: CompactDiscovery): Snapshot {
  return {
    groups: compact.groups.map(([name, versions]) => ({ name, versions })),
    resources: compact.resources.map(resourceFromCompact),
  };
}

export function resourceFromCompact([group, version, plural, singular, kind, namespaced, shortNames, categories, verbs, subresources]: CompactResource): ApiResource {
  return { group, version, plural, singular, kind, namespaced: namespaced === 1, shortNames, categories, verbs, subresources };
}

/** The file's content when it is whole, of this server and young enough. */
export function parseCompact(text: string, server: string, nowMs: number): CompactDiscovery | undefined {
  try {
    const value = JSON.parse(text) as CompactDiscovery;
    return value.v === 1 && value.server === server && Math.abs(nowMs - value.at) < cacheTtlMs ? value : undefined;
  } catch {
    return undefined;
  }
}
