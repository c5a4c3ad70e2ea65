import { parsePrecisely } from '../../../api/decode/json-precise';
import { jsonKind } from '../../../api/decode/walk';
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

/** Throws BadRequest. Wording: DecodeContinue and ValidateListOptions of k8s.io/apiserver/pkg/storage. */
export function decodeContinue(token: string): Continuation {
  const { v = '', rv = 0, start = '' } = parse(decodeRaw(token));
  if (v !== apiVersion) throw invalidToken(`: server does not recognize this encoded version ${v}`);
  if (rv === 0) throw invalidToken(`: incorrect encoded start resourceVersion (version ${apiVersion})`);
  if (!start) throw invalidToken(`: encoded start key empty (version ${apiVersion})`);
  if (!isClean(start)) throw invalidToken(`: ${start}`);
  return { revision: rv, start };
}

/** Nobody climbs out of what is listed. */
const isClean = (key: string): boolean => key.replace(/^\//, '').split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** Go's RawURLEncoding. */
function decodeRaw(token: string): string {
  const wrong = token.search(/[^\w-]/);
  const illegalAt = wrong < 0 && token.length % 4 === 1 ? token.length - 1 : wrong;
  if (illegalAt >= 0) throw invalidToken(`: illegal base64 data at input byte ${illegalAt}`);
  return Buffer.from(token, 'base64url').toString();
}

interface Encoded {
  readonly v?: string;
  readonly rv?: number;
  readonly start?: string;
}

const goTypes = { v: 'string', rv: 'int64', start: 'string' } as const;

function parse(text: string): Encoded {
  const encoded = parsed(text);
  const isObject = typeof encoded === 'object' && encoded !== null && !Array.isArray(encoded) && jsonKind(encoded) === 'object';
  if (encoded !== null && !isObject) throw invalidToken(`: json: cannot unmarshal ${jsonKind(encoded)} into Go value of type storage.continueToken`);
  for (const [name, goType] of Object.entries(goTypes)) {
    const value = (encoded as Record<string, unknown> | null)?.[name];
    if (value !== undefined && typeof value !== (goType === 'int64' ? 'number' : 'string')) {
      throw invalidToken(`: json: cannot unmarshal ${jsonKind(value)} into Go struct field continueToken.${name} of type ${goType}`);
    }
  }
  return (encoded ?? {}) as Encoded;
}

function parsed(text: string): unknown {
  try {
    return parsePrecisely(text).value;
  } catch (error) {
    throw invalidToken(`: ${(error as Error).message}`);
  }
}

const invalidToken = (why: string) => badRequest(`invalid continue token: continue key is not valid${why}`);

/** The answer to a token whose revision is compacted. Wording: handleCompactedErrorForPaging. */
export function expiredContinue(start: string): ApiError {
  const error = new ApiError('Expired', 'The provided continue parameter is too old to display a consistent list result. You can start a new list without '
    + 'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided '
    + 'token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned '
    + 'and now may show up in the list.');
  error.status.metadata = { continue: encodeContinue({ revision: -1, start }) };
  return error;
}
