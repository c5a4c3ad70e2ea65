export { cachedDiscovery, type Discovery } from './cache';
export { discoveryCacheFile } from './compact';
export { fetchDiscovery } from './fetch';
export { findCategory, findKind, findResource } from './mapper';
export type { ApiGroup, ApiResource, Snapshot } from './types';
