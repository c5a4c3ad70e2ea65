import { badRequest, type ApiError } from '../errors';
import { parseJson, type ParsedJson } from './json';
import { kindOfKey, normaliseStrictly, type Decoded } from './normalise';
import { DecodeFailure, jsonKind } from './walk';

/** Of a TypeMeta that Go reads before anything else. */
const typeMetaGoType = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

export function decodeJson(body: Buffer, key?: string): Decoded {
  const { value, repeated } = parsed(body, key);
  assertTypeMeta(value, body, key);
  return normaliseStrictly(value, key, repeated);
}

/** Throws BadRequest unless the value is an object whose apiVersion and kind, if any, are strings; null is an empty one. */
export function assertTypeMeta(value: unknown, body: Buffer, key: string | undefined): void {
  const wrong = wrongTypeMeta(value);
  if (wrong) throw unrecognised(body, key, `couldn't get version/kind; json parse error: json: cannot unmarshal ${wrong}`);
}

function parsed(body: Buffer, key: string | undefined): ParsedJson {
  try {
    return parseJson(body);
  } catch (error) {
    if (!(error instanceof DecodeFailure)) throw error;
    throw unrecognised(body, key, `couldn't get version/kind; json parse error: ${error.message}`);
  }
}

function wrongTypeMeta(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value === null ? undefined : `${jsonKind(value)} into Go value of type ${typeMetaGoType}`;
  }
  for (const name of ['apiVersion', 'kind']) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined && member !== null && typeof member !== 'string') {
      return `${jsonKind(member)} into Go struct field .${name} of type string`;
    }
  }
  return undefined;
}

const summaryMax = 30;

/** Source: summarizeData in k8s.io/apiserver/pkg/endpoints/handlers/rest.go. */
function summarise(body: Buffer): string {
  if (body.length === 0) return '<empty>';
  const head = body.subarray(0, summaryMax).toString(body[0] === 0x7b ? 'utf8' : 'hex');
  return body.length > summaryMax ? `${head} ...` : head;
}

export const unrecognised = (body: Buffer, key: string | undefined, why: string): ApiError =>
  badRequest(`the object provided is unrecognized (must be of type ${kindOfKey(key) || 'Unstructured'}): ${why} (${summarise(body)})`);
