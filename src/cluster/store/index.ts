export { Entry } from './entry';
export { isStoreError, type StoreErrorCode } from './errors';
export { openLmdbStore } from './lmdb/lmdb-store';
export { createMemoryStore } from './memory/memory-store';
export type { ListResult, MakeObject, Store, StoreEvent, WatchSink } from './store';
