import { parseYaml, YamlError } from '../yaml';
import { assertTypeMeta, unrecognised } from './json-body';
import { normaliseStrictly, type Decoded } from './normalise';
import { inKeyOrder } from './problems';
import { NumberToken } from './walk';

/** The first document of a YAML body; upstream reads no other. */
export function decodeYaml(body: Buffer, key?: string): Decoded {
  const repeated: string[] = [];
  const value = parsed(body, key, repeated) ?? null;
  assertTypeMeta(value, body, key);
  const { object, problems } = normaliseStrictly(withTokens(value), key);
  return { object, problems: [...(repeated.length ? [unmarshalErrors(repeated)] : []), ...inKeyOrder(problems)] };
}

/** Several errors of go-yaml as one. */
export const unmarshalErrors = (problems: readonly string[]) => `yaml: unmarshal errors:\n  ${problems.join('\n  ')}`;

function parsed(body: Buffer, key: string | undefined, repeated: string[]): unknown {
  try {
    return parseYaml(body, { bigints: true, onRepeated: (problem) => repeated.push(problem) })[0];
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw unrecognised(body, key, error.message);
  }
}

/** Integers that a number cannot hold, in the form that the readers know. */
export function withTokens(value: unknown): unknown {
  if (typeof value === 'bigint') return new NumberToken(String(value));
  if (Array.isArray(value)) return value.map(withTokens);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTokens(member)]));
}
