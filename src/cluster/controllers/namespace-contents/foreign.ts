import type { Looked } from './conditions';

/** Reaches the servers behind APIServices. */
export interface ForeignContents {
  /** Deletes what is there. Never rejects. */
  empty(namespace: string): Promise<Looked>;
}

export const noForeignContents: ForeignContents = { empty: () => Promise.resolve({ remaining: [], failures: [], unknown: [] }) };
