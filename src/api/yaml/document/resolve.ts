import { resolvePlain, type Resolved } from '../resolve';
import { YamlError } from '../scalar';
import { tags } from './node';

/** Booleans of YAML 1.1, which yaml.v3 takes for text. */
const oldBooleans = new Set(['y', 'yes', 'on', 'n', 'no', 'off'].flatMap((word) => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]));

export const isOldBoolean = (text: string): boolean => oldBooleans.has(text);

/** What a plain scalar means to yaml.v3. Source: its resolve.go. */
export function resolveText(text: string): Resolved {
  return oldBooleans.has(text) ? { tag: 'str', value: text } : resolvePlain(text);
}

export const tagOfText = (text: string): string => `!!${resolveText(text).tag}`;

const resolvable: string[] = [tags.none, tags.str, tags.bool, tags.int, tags.float, tags.null, tags.timestamp];

/** What a scalar with that tag means. Throws YamlError where the text is no such thing. */
export function resolveAs(tag: string, text: string): Resolved {
  if (!resolvable.includes(tag) || tag === tags.str) return { tag: 'str', value: text };
  const resolved = resolveText(text);
  const found = `!!${resolved.tag}`;
  if (tag === tags.none || tag === found) return resolved;
  if (tag === tags.float && resolved.tag === 'int') return { tag: 'float', value: Number(resolved.value) };
  throw new YamlError(`yaml: cannot decode ${found} \`${text}\` as a ${tag}`);
}
