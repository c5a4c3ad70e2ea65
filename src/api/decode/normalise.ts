import { parseGroupVersion, type Unstructured } from '../meta';
import { objectReader } from './plan';
import { resolveNumbers } from './untyped';
import { cannotBeHandled, DecodeFailure, Walk } from './walk';

export interface Decoded {
  object: Unstructured;
  /** Strict decoding errors in document order: `unknown field "spec.foo"`, `duplicate field "spec.replicas"`. */
  problems: string[];
}

/** `io.k8s.api.core.v1.Pod` → `Pod` */
export const kindOfKey = (key: string | undefined) => key?.split('.').at(-1) ?? '';
const versionOfKey = (key: string | undefined) => key?.split('.').at(-2) ?? '';

/**
 * Brings a parsed object into the form in which a server stores and returns the type: fields in Go's order, canonical
 * quantities and times, nulls and empty values as Go writes them. Without a key everything is kept.
 * Throws BadRequest where Go cannot decode.
 */
export function normaliseStrictly(value: unknown, key?: string, repeated?: Walk['repeated']): Decoded {
  return read(value, key, new Walk(repeated));
}

function read(value: unknown, key: string | undefined, walk: Walk): Decoded {
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

/** The same for an object that a program made, which stays as it is and shares nothing with the result. */
export const normalisedCopy = (value: unknown, key: string): Unstructured => read(value, key, new Walk(undefined, true)).object;

function seenIn(value: unknown, key: string | undefined): { kind: string; version: string } {
  const { kind, apiVersion } = (value ?? {}) as { kind?: string; apiVersion?: string };
  return { kind: kind || kindOfKey(key), version: apiVersion ? parseGroupVersion(apiVersion).version : versionOfKey(key) };
}
