import type { Kind } from '../../kinds/kind';

/** The kinds that are served now. Custom resources come and go. */
export interface KindSource {
  all(): readonly Kind[];
  /** Calls after every change. Returns the function that ends it. */
  subscribe(listener: () => void): () => void;
}

export const fixedKinds = (kinds: readonly Kind[]): KindSource => ({ all: () => kinds, subscribe: () => () => undefined });
