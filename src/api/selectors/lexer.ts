export type Kind = ')' | ',' | '!' | '==' | '=' | '>' | 'in' | '<' | '!=' | 'notin' | '(' | 'identifier' | 'end';

export interface Token {
  kind: Kind;
  literal: string;
}

const special = /[=!(),><]/;
const blank = /[ \t\r\n]/;

const symbol = /!=|==|[=!(),><]/y;
const word = /[^=!(),>< \t\r\n]+/y;

function nextToken(text: string, at: number): Token {
  const pattern = special.test(text[at]!) ? symbol : word;
  pattern.lastIndex = at;
  const literal = pattern.exec(text)![0];
  const kind = pattern === symbol || literal === 'in' || literal === 'notin' ? (literal as Kind) : 'identifier';
  return { kind, literal };
}

/** The tokens of a label selector, `end` being the last. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (blank.test(text[at]!)) {
      at++;
      continue;
    }
    const token = nextToken(text, at);
    tokens.push(token);
    at += token.literal.length;
  }
  return [...tokens, { kind: 'end', literal: '' }];
}
