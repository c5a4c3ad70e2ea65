/**
 * KeyExists, KeyNotFound, RevisionMismatch: the compare-and-swap was lost; nothing was written.
 * InUse: another process has the directory open. NoSpace, ReadOnly, Denied: the directory cannot be written.
 * Damaged: what is there cannot be read as a store. Failed: any other I/O error. Closed: the store was closed.
 */
export type StoreErrorCode = 'KeyExists' | 'KeyNotFound' | 'RevisionMismatch'
  | 'InUse' | 'NoSpace' | 'ReadOnly' | 'Denied' | 'Damaged' | 'Failed' | 'Closed';

/** A failure of the store itself. Test by `isStoreError(error, …)`, not instanceof: errors cross realms under jest. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(readonly code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

export function isStoreError(error: unknown, ...codes: StoreErrorCode[]): error is StoreError {
  return error instanceof Error && error.name === 'StoreError' && (!codes.length || codes.includes((error as StoreError).code));
}
