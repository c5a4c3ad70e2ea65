import { isApiError } from '../api/errors';

/** Nothing can be created in a namespace that is being deleted: to be borne, not retried. */
export const namespaceTerminating = (error: Error): boolean =>
  isApiError(error) && (error.status.details?.causes ?? []).some(({ reason }) => reason === 'NamespaceTerminating');
