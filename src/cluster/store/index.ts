export { openDiskStore } from './disk/disk-store';
export { Entry } from './entry';
export { isStoreError, type StoreErrorCode } from './errors';
export { createMemoryStore } from './memory/memory-store';
export type { ListResult, MakeObject, Store, StoreEvent, WatchSink } from './store';
