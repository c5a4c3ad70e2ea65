export type { Handler } from './handler';
export { createInformer, type Informer } from './informer';
export { createInformerSet, type InformerSet, type InformerSetOptions } from './informer-set';
export type { Index } from './object-store';
export type { ListWatchOptions } from './list-watch';
