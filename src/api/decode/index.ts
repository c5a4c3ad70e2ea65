import { badRequest } from '../errors';
import { parseGroupVersion, type Unstructured } from '../meta';
import { parseJson } from './json';
import { objectReader } from './plan';
import { resolveNumbers } from './untyped';
import { cannotBeHandled, DecodeFailure, jsonKind, Walk } from './walk';

export interface Decoded {
  object: Unstructured;
  /** Strict decoding errors in document order: `unknown field "spec.foo"`, `duplicate field "spec.replicas"`. */
  problems: string[];
}

/** Of a TypeMeta that Go reads before anything else. */
const typeMetaGoType = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

const kindOfKey = (key: string | undefined) => key?.split('.').at(-1) ?? '';
const versionOfKey = (key: string | undefined) => key?.split('.').at(-2) ?? '';

/**
 * Brings a parsed object into the form in which a server stores and returns the type: fields in Go's order, canonical
 * quantities and times, nulls and empty values as Go writes them. Without a key everything is kept.
 * Throws BadRequest where Go cannot decode.
 */
export function normaliseStrictly(value: unknown, key?: string, repeated?: Walk['repeated']): Decoded {
  const walk = new Walk(repeated);
  try {
    const object = (key ? objectReader(key) : resolveNumbers)(value ?? {}, walk);
    if (walk.mismatch !== undefined) throw new DecodeFailure(walk.mismatch);
    return { object: object as Unstructured, problems: walk.problems };
  } catch (error) {
    if (!(error instanceof DecodeFailure)) throw error;
    throw cannotBeHandled(seenIn(value, key), kindOfKey(key) || seenIn(value, key).kind, error.message);
  }
}

/** `normaliseStrictly` without its findings. */
export const normalise = (value: unknown, key: string): Unstructured => normaliseStrictly(value, key).object;

function seenIn(value: unknown, key: string | undefined): { kind: string; version: string } {
  const { kind, apiVersion } = (value ?? {}) as { kind?: string; apiVersion?: string };
  return { kind: kind || kindOfKey(key), version: apiVersion ? parseGroupVersion(apiVersion).version : versionOfKey(key) };
}

export function decodeJson(body: Buffer, key?: string): Decoded {
  const { value, repeated } = parsed(body, key);
  const wrong = wrongTypeMeta(value);
  if (wrong) throw unrecognised(body, key, `json: cannot unmarshal ${wrong}`);
  return normaliseStrictly(value, key, repeated);
}

function parsed(body: Buffer, key: string | undefined) {
  try {
    return parseJson(body);
  } catch (error) {
    if (!(error instanceof DecodeFailure)) throw error;
    throw unrecognised(body, key, error.message);
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

const unrecognised = (body: Buffer, key: string | undefined, why: string) =>
  badRequest(`the object provided is unrecognized (must be of type ${kindOfKey(key) || 'Unstructured'}): couldn't get version/kind; json parse error: ${why} (${summarise(body)})`);

export type MediaType = 'json' | 'yaml' | 'protobuf';

const decoders: Partial<Record<MediaType, (body: Buffer, key?: string) => Decoded>> = {
  json: decodeJson,
};

/** Throws BadRequest for what the media type or the type `key` cannot hold; without a key (custom resources) everything is kept. */
export const decodeObject = (body: Buffer, mediaType: MediaType, key?: string): Decoded => decoders[mediaType]!(body, key);
