import { parseYaml, YamlError } from '../yaml';
import { assertTypeMeta, unrecognised } from './json-body';
import { normaliseStrictly, type Decoded } from './normalise';
import { NumberToken } from './walk';

/** The first document of a YAML body; upstream reads no other. */
export function decodeYaml(body: Buffer, key?: string): Decoded {
  const value = parsed(body, key) ?? null;
  assertTypeMeta(value, body, key);
  return normaliseStrictly(withTokens(value), key);
}

function parsed(body: Buffer, key: string | undefined): unknown {
  try {
    return parseYaml(body, { bigints: true })[0];
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw unrecognised(body, key, error.message);
  }
}

/** Integers that a number cannot hold, in the form that the readers know. */
function withTokens(value: unknown): unknown {
  if (typeof value === 'bigint') return new NumberToken(String(value));
  if (Array.isArray(value)) return value.map(withTokens);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTokens(member)]));
}
