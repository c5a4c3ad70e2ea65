import { ApiError, badRequest } from '../../../api/errors';

/** Where the next page begins. Revision -1: at the newest state, an inconsistent continuation. */
export interface Continuation {
  revision: number;
  /** The key's part behind the prefix of the list. */
  start: string;
}

const apiVersion = 'meta.k8s.io/v1';

/** Source of the form: k8s.io/apiserver/pkg/storage/continue.go. */
export function encodeContinue({ revision, start }: Continuation): string {
  return Buffer.from(JSON.stringify({ v: apiVersion, rv: revision, start })).toString('base64url');
}

/** Throws BadRequest. */
export function decodeContinue(token: string): Continuation {
  const { v, rv, start } = parse(token);
  if (v !== apiVersion) throw invalidToken(`server does not recognize this encoded version "${String(v)}"`);
  if (typeof rv !== 'number' || rv === 0) throw invalidToken(`incorrect encoded start resourceVersion (version ${apiVersion})`);
  if (typeof start !== 'string' || !start) throw invalidToken(`encoded start key empty (version ${apiVersion})`);
  if (start.split('/').includes('..')) throw invalidToken(`${start}`);
  return { revision: rv, start };
}

function parse(token: string): { v?: unknown; rv?: unknown; start?: unknown } {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as object;
  } catch {
    throw invalidToken('illegal base64 data or JSON');
  }
}

const invalidToken = (why: string) => badRequest(`continue key is not valid: ${why}`);

/** The answer to a token whose revision is compacted. Wording: handleCompactedErrorForPaging. */
export function expiredContinue(start: string): ApiError {
  const error = new ApiError('Expired', 'The provided continue parameter is too old to display a consistent list result. You can start a new list without '
    + 'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided '
    + 'token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned '
    + 'and now may show up in the list.');
  error.status.metadata = { continue: encodeContinue({ revision: -1, start }) };
  return error;
}
