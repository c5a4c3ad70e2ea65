import { isReason } from '../../../api/errors';
import type { ListMeta } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import type { Entry, ListResult } from '../../store';
import { decodeContinue, encodeContinue, expiredContinue } from './continue-token';
import { keyPrefix } from './keys';
import { validateListOptions } from './list-options';
import type { Registry } from './registry';
import { compactedRevision, parseResourceVersion, tooLarge } from './resource-version';
import { entryTest, selection, type Selectors } from './selection';
import { served } from './served';

export interface ListQuery extends Selectors {
  namespace?: string;
  limit?: number;
  continue?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
  /** Of a watch only. */
  sendInitialEvents?: boolean;
}

export interface List {
  readonly entries: readonly Entry[];
  readonly metadata: ListMeta;
}

/** Throws BadRequest, Invalid, Expired, Timeout (a future resourceVersion). */
export function listEntries(registry: Registry, kind: Kind, query: ListQuery): List {
  validateListOptions(query);
  const matches = selection(kind, query);
  const prefix = keyPrefix(kind, query.namespace);
  const page = readPage(registry, prefix, pageOf(query, prefix, registry), matches && entryTest(kind, matches, query));
  return {
    entries: kind.conversion ? page.entries.map((entry) => served(kind, entry)) : page.entries,
    metadata: listMeta(page, prefix, matches === undefined),
  };
}

interface Page {
  /** Of the list that the token continues, -1 for the newest. */
  revision?: number;
  startKey?: string;
  limit?: number;
  continued: boolean;
}

function pageOf(query: ListQuery, prefix: string, { store }: Registry): Page {
  const limit = query.limit ? { limit: query.limit } : {};
  if (query.continue) {
    const { revision, start } = decodeContinue(query.continue);
    if (revision > store.revision) throw tooLarge(revision, store);
    return { ...limit, continued: true, startKey: prefix + start, ...(revision > 0 && { revision }) };
  }
  const requested = parseResourceVersion(query.resourceVersion);
  if (requested > store.revision) throw tooLarge(requested, store);
  const exact = query.resourceVersionMatch === 'Exact' || (!query.resourceVersionMatch && query.limit && requested > 0);
  return { ...limit, continued: false, ...(exact && { revision: requested }) };
}

function readPage({ store }: Registry, prefix: string, { continued, ...page }: Page, match: ((entry: Entry) => boolean) | undefined): ListResult {
  try {
    return store.list(prefix, { ...page, ...(match && { match }) });
  } catch (error) {
    if (!isReason(error, 'Expired')) throw error;
    throw continued ? expiredContinue(page.startKey!.slice(prefix.length)) : compactedRevision();
  }
}

function listMeta({ revision, next, remaining }: ListResult, prefix: string, counts: boolean): ListMeta {
  if (next === undefined) return { resourceVersion: String(revision) };
  return {
    resourceVersion: String(revision),
    continue: encodeContinue({ revision, start: next.slice(prefix.length) }),
    // A selector hides how many of those behind it match.
    ...(counts && { remainingItemCount: remaining }),
  };
}
