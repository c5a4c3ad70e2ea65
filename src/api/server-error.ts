import { ApiError, type Reason } from './errors';
import type { Status } from './generated/meta.v1';

/** The error in an answer's body; one made up as client-go does where there is none. `method`: GET, POST, …; `resource`: what was asked for, if that is known. */
export function serverError(code: number, method: string, body: string, resource = ''): ApiError {
  const status = parseStatus(body);
  return status ? errorFromStatus(status, code) : genericError(code, method, body, resource);
}

/** `httpCode` stands in for a code that the Status does not say. */
export function errorFromStatus(status: Partial<Status>, httpCode = 500): ApiError {
  const error = new ApiError((status.reason ?? '') as Reason, status.message ?? '', status.details, status.code ?? httpCode);
  Object.assign(error.status, status);
  return error;
}

function parseStatus(text: string): Status | undefined {
  try {
    const value = JSON.parse(text) as Status;
    return value.kind === 'Status' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** After k8s.io/apimachinery/pkg/api/errors.NewGenericServerResponse. */
const generic: Record<number, (method: string) => [Reason, string]> = {
  400: () => ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: () => ['Unauthorized', 'the server has asked for the client to provide credentials'],
  403: () => ['Forbidden', 'forbidden'],
  404: () => ['NotFound', 'the server could not find the requested resource'],
  405: () => ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  406: () => ['NotAcceptable', 'unknown'],
  409: (method) => (method === 'POST'
    ? ['AlreadyExists', 'the server reported a conflict']
    : ['Conflict', 'the server reported a conflict']),
  415: () => ['UnsupportedMediaType', 'unknown'],
  422: () => ['Invalid', 'the server rejected our request due to an error in our request'],
  429: () => ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  500: () => ['InternalError', 'an error on the server ("") has prevented the request from succeeding'],
  503: () => ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: () => ['Timeout', 'the server was unable to return a response in the time allotted, but may still be processing the request'],
};

function genericError(code: number, method: string, body: string, resource: string): ApiError {
  const said = body.trim() || 'unknown';
  const [reason, message] = generic[code]?.(method) ?? ['Unknown' as Reason, `the server responded with the status code ${code} but did not return more information`];
  const text = code === 500 ? `an error on the server (${JSON.stringify(said)}) has prevented the request from succeeding` : message;
  const whole = code === 403 || code === 406 || code === 415 ? said : text;
  return new ApiError(reason, resource ? `${whole} (${method.toLowerCase()} ${resource})` : whole, { causes: [{ reason: 'UnexpectedServerResponse', message: said }] }, code);
}
