import { unescaped } from './unescape';
import type { Issue } from './issues';

export type TokenKind = 'float' | 'int' | 'uint' | 'string' | 'bytes' | 'identifier' | 'keyword' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As it stands in the source; of strings and bytes what they mean. */
  readonly text: string;
  readonly at: number;
  /** As error messages show it. */
  readonly shown: string;
}

const keywords = new Set(['true', 'false', 'null', 'in']);

/** In the order in which they are tried. */
const rules: readonly (readonly [TokenKind | 'space', RegExp])[] = [
  ['space', /(?:[\t \r\n\f]+|\/\/[^\n]*)+/y],
  ['bytes', /[bB][rR]?(?:"""[\s\S]*?"""|'''[\s\S]*?''')|[bB][rR](?:"[^"\n\r]*"|'[^'\n\r]*')|[bB](?:"(?:\\[\s\S]|[^"\\\n\r])*"|'(?:\\[\s\S]|[^'\\\n\r])*')/y],
  ['string', /[rR](?:"""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\n\r]*"|'[^'\n\r]*')|"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\n\r])*"|'(?:\\[\s\S]|[^'\\\n\r])*'/y],
  ['float', /\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?/y],
  ['uint', /(?:0x[0-9a-fA-F]+|\d+)[uU]/y],
  ['int', /0x[0-9a-fA-F]+|\d+/y],
  ['identifier', /[A-Za-z_]\w*/y],
  ['symbol', /==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%]/y],
];

/** The tokens of an expression, the end among them, and what could not be read as one. */
export function tokenize(source: string): { tokens: Token[]; issues: Issue[] } {
  const tokens: Token[] = [];
  const issues: Issue[] = [];
  for (let at = 0; at < source.length;) {
    const [kind, text] = matchAt(source, at) ?? [undefined, ''];
    if (!kind) issues.push({ at, message: `Syntax error: token recognition error at: '${source.slice(at, at + badLength(source, at))}'` });
    else if (kind !== 'space') tokens.push(tokenOf(kind, text, at, issues));
    at += kind ? text.length : badLength(source, at);
  }
  tokens.push({ kind: 'end', text: '', at: source.length, shown: '<EOF>' });
  return { tokens, issues };
}

function matchAt(source: string, at: number): readonly [TokenKind | 'space', string] | undefined {
  for (const [kind, rule] of rules) {
    rule.lastIndex = at;
    const found = rule.exec(source);
    if (found) return [kind, found[0]];
  }
  return undefined;
}

/** A text that is not closed is bad up to its end. */
function badLength(source: string, at: number): number {
  const char = source[at]!;
  if (char === '"' || char === "'") return /^.[^\n]*/.exec(source.slice(at))![0].length;
  return [...source.slice(at, at + 2)][0]!.length;
}

function tokenOf(kind: TokenKind, text: string, at: number, issues: Issue[]): Token {
  if (kind === 'identifier' && keywords.has(text)) return { kind: 'keyword', text, at, shown: text };
  if (kind !== 'string' && kind !== 'bytes') return { kind, text, at, shown: text };
  const isBytes = kind === 'bytes';
  try {
    return { kind, text: unescaped(isBytes ? text.slice(1) : text, isBytes), at, shown: text };
  } catch (error) {
    issues.push({ at, message: (error as Error).message });
    return { kind, text: '', at, shown: text };
  }
}
