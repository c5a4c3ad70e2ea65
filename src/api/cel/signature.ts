import { listOf, mapOf, opaque, optionalOf, parameter, types, typeType, type Type } from './types';

/** One form of a function: `(string).startsWith(string) bool`, `size(list(A)) int`. */
export interface Signature {
  readonly name: string;
  /** The receiver of a member function is the first. */
  readonly parameters: readonly Type[];
  readonly result: Type;
  readonly isMember: boolean;
}

/** Reads the left side of a table row. The receiver of a member stands in parentheses: `(list(A)).sum() A`. */
export function parseSignature(text: string): Signature {
  const member = /^\((.+)\)\.(\w+)\((.*)\) (\S.*)$/.exec(text);
  const [, receiver, name, inner, result] = member ?? plainSignature(text);
  return {
    name: name!, isMember: member !== null, result: parseType(result!),
    parameters: [...(receiver ? [receiver] : []), ...splitTypes(inner!)].map(parseType),
  };
}

function plainSignature(text: string): readonly (string | undefined)[] {
  const open = text.indexOf('(');
  const close = matching(text, open);
  return [text, undefined, text.slice(0, open), text.slice(open + 1, close), text.slice(close + 1).trim()];
}

function matching(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}

function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === ',' && depth === 0) parts.push(part.trim());
    part = char === ',' && depth === 0 ? '' : part + char;
  }
  return part.trim() ? [...parts, part.trim()] : parts;
}

const generic: Readonly<Record<string, (parameters: Type[]) => Type>> = {
  list: ([element]) => listOf(element!), map: ([key, value]) => mapOf(key!, value!), optional: ([value]) => optionalOf(value!), type: ([of]) => typeType(of),
};

function parseType(text: string): Type {
  const open = text.indexOf('(');
  const name = open < 0 ? text : text.slice(0, open);
  if (open >= 0) return generic[name]!(splitTypes(text.slice(open + 1, matching(text, open))).map(parseType));
  if (name === 'type') return typeType();
  if (name in types) return types[name as keyof typeof types];
  return /^[A-Z]$/.test(name) ? parameter(name) : opaque(name);
}
