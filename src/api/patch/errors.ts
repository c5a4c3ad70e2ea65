import { formatValue, goType } from '../go/format';

/** A patch that cannot be applied or computed. `code` is the HTTP status an API server answers with; `message` is upstream's. */
export class PatchError extends Error {
  override readonly name = 'PatchError';

  constructor(message: string, readonly code: 400 | 422 | 500) {
    super(message);
  }
}

/** Test by this, not instanceof: errors cross realms under jest. */
export const isPatchError = (error: unknown): error is PatchError => error instanceof Error && error.name === 'PatchError';

// Wording and codes: pkg/util/mergepatch/errors.go and the apiserver's interpretStrategicMergePatchError.
export const badDocument = () => new PatchError('invalid JSON document', 400);
export const badPrimitiveList = () => new PatchError('invalid patch format of primitive list', 400);
export const badRetainKeys = () => new PatchError('invalid patch format of retainKeys', 400);
export const badElementOrder = () => new PatchError('invalid patch format of setElementOrder list', 400);
export const unsupportedStrategic = () => new PatchError('strategic merge patch format is not supported', 400);
export const listOfLists = () => new PatchError('lists of lists are not supported', 422);

export const noMergeKey = (map: unknown, mergeKey: string) =>
  new PatchError(`map: ${formatValue(map)} does not contain declared merge key: ${mergeKey}`, 500);
export const badDirective = (directive: unknown, map: unknown) =>
  new PatchError(`unknown patch type: ${formatValue(directive)} in map: ${formatValue(map)}`, 500);
export const badType = (expected: 'map[string]interface {}' | '[]interface {}', actual: unknown) =>
  new PatchError(`expected a ${expected}, but received a ${goType(actual)}`, 500);
export const failed = (message: string) => new PatchError(message, 500);
