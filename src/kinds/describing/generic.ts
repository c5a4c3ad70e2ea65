import type { KubeObject } from '../../api/meta';
import type { Describe } from '../describe';
import { describeEvents, eventQuery } from './events';
import { describeMeta } from './labels';
import { describeText, type Write } from './writer';

const acronyms = new Set(['API', 'URL', 'UID', 'OSB', 'GUID']);

/** Runs of one class of characters; the last capital before small letters begins their word: `podIPs` is pod, I, Ps. */
function splitCamelCase(name: string): string[] {
  return name.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|[^\p{Lu}\p{Ll}]+/gu) ?? [];
}

const title = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `creationTimestamp` is `Creation Timestamp`; names with other characters than letters and dashes stay. */
function labelOf(name: string): string {
  if (/[^\p{L}-]/u.test(name)) return name;
  return splitCamelCase(name).map((word) => acronyms.has(word.toUpperCase()) ? word.toUpperCase() : title(word)).join(' ');
}

/** A value in Go's `%v`. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  return Array.isArray(value) ? `[${value.map(shown).join(' ')}]` : String(value);
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Shown above already, or noise. */
const skipped = new Set(['.metadata.managedFields', '.metadata.name', '.metadata.namespace', '.metadata.labels', '.metadata.annotations']);

function describeContent(write: Write, level: number, content: Record<string, unknown>, path: string): void {
  for (const name of Object.keys(content).sort()) {
    const at = `${path}.${name}`;
    const value = content[name];
    if (skipped.has(at)) continue;
    if (isMap(value)) {
      write(level, `${labelOf(name)}:\n`);
      describeContent(write, level + 1, value, at);
    } else if (Array.isArray(value)) {
      write(level, `${labelOf(name)}:\n`);
      for (const item of value) {
        if (isMap(item)) describeContent(write, level + 1, item, at);
        else write(level + 1, `${shown(item)}\n`);
      }
    } else write(level, `${labelOf(name)}:\t${shown(value)}\n`);
  }
}

/** For kinds without a description of their own: every field, under a title made of its name. */
export const describeGeneric: Describe = {
  group: '',
  kind: '',
  related: (object: KubeObject) => [eventQuery(object, object.kind)],
  render: (object, { events }, { nowMs }) => describeText((write) => {
    describeMeta(write, object.metadata);
    describeContent(write, 0, { ...object }, '');
    describeEvents(write, events, nowMs);
  }),
};
