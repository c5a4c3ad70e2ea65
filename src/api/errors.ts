import type { Status, StatusCause } from './generated/meta.v1';

export type Reason =
  | 'BadRequest' | 'Unauthorized' | 'Forbidden' | 'NotFound' | 'AlreadyExists' | 'Conflict' | 'Gone' | 'Expired' | 'Invalid'
  | 'MethodNotAllowed' | 'NotAcceptable' | 'UnsupportedMediaType' | 'RequestEntityTooLarge' | 'TooManyRequests'
  | 'Timeout' | 'ServerTimeout' | 'ServiceUnavailable' | 'InternalError' | 'Unknown';

const codes: Record<Reason, number> = {
  BadRequest: 400, Unauthorized: 401, Forbidden: 403, NotFound: 404, AlreadyExists: 409, Conflict: 409, Gone: 410,
  Expired: 410, Invalid: 422, MethodNotAllowed: 405, NotAcceptable: 406, UnsupportedMediaType: 415,
  RequestEntityTooLarge: 413, TooManyRequests: 429, Timeout: 504, ServerTimeout: 500, ServiceUnavailable: 503,
  InternalError: 500, Unknown: 500,
};

/**
 * A failure as the API reports it: `status` is the metav1.Status that travels.
 * Test by `isReason(error, …)`, not instanceof: errors cross realms under jest.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: Status & { code: number; message: string };

  constructor(reason: Reason, message: string, details?: Status['details'], code = codes[reason]) {
    super(message);
    this.status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, ...(details && { details }), code };
  }

  get reason(): Reason {
    return this.status.reason as Reason;
  }

  get code(): number {
    return this.status.code;
  }
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === 'ApiError';
}

export function isReason(error: unknown, ...reasons: Reason[]): boolean {
  return isApiError(error) && reasons.includes(error.reason);
}

/** `deployments.apps`, or `pods` for the core group. */
export function qualifiedResource(resource: { group: string; plural: string }): string {
  return resource.group ? `${resource.plural}.${resource.group}` : resource.plural;
}

type Resource = { group: string; plural: string };
const detailsOf = (resource: Resource, name: string) => ({ name, ...(resource.group && { group: resource.group }), kind: resource.plural });

// Wording: k8s.io/apimachinery/pkg/api/errors.
export const notFound = (resource: Resource, name: string) =>
  new ApiError('NotFound', `${qualifiedResource(resource)} "${name}" not found`, detailsOf(resource, name));

export const alreadyExists = (resource: Resource, name: string) =>
  new ApiError('AlreadyExists', `${qualifiedResource(resource)} "${name}" already exists`, detailsOf(resource, name));

export const conflict = (resource: Resource, name: string, why: string) =>
  new ApiError('Conflict', `Operation cannot be fulfilled on ${qualifiedResource(resource)} "${name}": ${why}`, detailsOf(resource, name));

/** The `why` of a lost compare-and-swap. */
export const objectModified = 'the object has been modified; please apply your changes to the latest version and try again';

export const forbidden = (resource: Resource, name: string, why: string) =>
  new ApiError('Forbidden', `${qualifiedResource(resource)}${name ? ` "${name}"` : ''} is forbidden: ${why}`, detailsOf(resource, name));

export const badRequest = (message: string) => new ApiError('BadRequest', message);
export const unauthorized = () => new ApiError('Unauthorized', 'Unauthorized');
export const expired = (message: string) => new ApiError('Expired', message);
export const internalError = (message: string) => new ApiError('InternalError', `Internal error occurred: ${message}`);
export const methodNotAllowed = () =>
  new ApiError('MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

/** One invalid field. `message` is the text behind the path: `Invalid value: -1: must be greater than or equal to 0`. */
export interface FieldError {
  type: 'FieldValueRequired' | 'FieldValueInvalid' | 'FieldValueNotSupported' | 'FieldValueDuplicate' | 'FieldValueForbidden'
    | 'FieldValueTooLong' | 'FieldValueTooMany' | 'FieldValueTypeInvalid' | 'FieldValueNotFound' | 'InternalError';
  /** `spec.containers[0].image` */
  field: string;
  message: string;
}

/** All that is wrong with an object in one Status, as field.ErrorList aggregates. */
export function invalid(of: { group: string; kind: string }, name: string, errors: FieldError[]): ApiError {
  const texts = [...new Set(errors.map((error) => `${error.field}: ${error.message}`))];
  const summary = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const qualified = of.group ? `${of.kind}.${of.group}` : of.kind;
  const causes: StatusCause[] = errors.map(({ type, field, message }) => ({ reason: type, message, field }));
  return new ApiError('Invalid', `${qualified} "${name}" is invalid: ${summary}`,
    { name, ...(of.group && { group: of.group }), kind: of.kind, causes });
}
