// Most lines are a plain `k ARGS` with perhaps a here-string. Those need no shell.

const refused = Symbol('a shell must read this');
const hereString = Symbol('<<<');
const literal = /[\w@%+:,./^!-]/;

/**
 * `k ARGS… [<<< WORD]` → { argv, stdin } as bash would split it; undefined for every line with more to it (pipes,
 * assignments, substitutions, globs that may match). `variables`: what $NAME may stand for.
 */
export function plainLine(line, variables) {
  const words = split(line, variables);
  if (words === refused || words.shift() !== 'k') return undefined;
  const at = words.findIndex((word) => word === hereString);
  if (at < 0) return { argv: words, stdin: undefined };
  const [before, [text, ...after]] = [words.slice(0, at), words.slice(at + 1)];
  return typeof text !== 'string' || after.includes(hereString) ? undefined : { argv: [...before, ...after], stdin: `${text}\n` };
}

function split(line, variables) {
  const words = [];
  for (let rest = line.trimEnd(); (rest = rest.trimStart());) {
    if (rest.startsWith('<<<')) {
      words.push(hereString);
      rest = rest.slice(3);
      continue;
    }
    const word = readWord(rest, variables);
    if (word === refused) return refused;
    words.push(word.text);
    rest = rest.slice(word.length);
  }
  return words;
}

/** One word at the start of `rest`: its text without quotes, its length with them. */
function readWord(rest, variables) {
  let text = '';
  let bare = '';
  let at = 0;
  while (at < rest.length && rest[at] !== ' ') {
    const part = readPart(rest.slice(at), variables);
    if (part === refused) return refused;
    text += part.text;
    bare += part.bare ?? '';
    at += part.length;
  }
  return expandsElsewhere(bare, rest) ? refused : { text, length: at };
}

/** Globs and braces in a word that bash might make something else of. */
const expandsElsewhere = (bare, rest) =>
  (/[*?[]/.test(bare) && !/^-|=/.test(bare)) || (bare.includes('{') && /,|\.\./.test(bare)) || /^[~#]/.test(rest);

function readPart(rest, variables) {
  const [first] = rest;
  if (first === "'") return readUntil(rest, /^'([^']*)'/, (text) => text);
  if (first === '"') return readUntil(rest, /^"((?:[^"\\`]|\\.)*)"/, (text) => expand(text, variables));
  if (first === '\\') return rest.length > 1 ? { text: rest[1], length: 2 } : refused;
  if (first === '$') return readUntil(rest, /^\$([A-Z]+)/, (name) => variables[name]);
  return literal.test(first) || /[={}[\]*?~#]/.test(first) ? { text: first, bare: first, length: 1 } : refused;
}

function readUntil(rest, pattern, textOf) {
  const match = pattern.exec(rest);
  const text = match ? textOf(match[1]) : undefined;
  return text === undefined ? refused : { text, length: match[0].length };
}

/** Within double quotes; undefined where bash would substitute something else. */
function expand(text, variables) {
  let known = true;
  const result = text.replace(/\\([$`"\\])|\$([A-Z]+)|\$(?=[\w({])/g, (whole, escaped, name) => {
    if (escaped) return escaped;
    known &&= variables[name] !== undefined;
    return variables[name] ?? whole;
  });
  return known ? result : undefined;
}
