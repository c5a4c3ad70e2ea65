const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** JSON text laid out anew; keys, numbers and strings stay as they are written. After Go's json.Indent. */
export function indentJson(text: string, indent: string): string {
  let depth = 0;
  const lineBreak = () => `\n${indent.repeat(depth)}`;
  const tokens = text.match(token) ?? [];
  const parts = tokens.map((part, index) => {
    const isEmpty = part === '{' || part === '[' ? tokens[index + 1] === closes[part] : tokens[index - 1] === opens[part];
    if (part in closes) return isEmpty ? part : (depth++, part + lineBreak());
    if (part in opens) return isEmpty ? part : (depth--, lineBreak() + part);
    return part === ',' ? part + lineBreak() : part === ':' ? ': ' : part;
  });
  return parts.join('') + /\s*$/.exec(text)![0];
}

const closes: Readonly<Record<string, string>> = { '{': '}', '[': ']' };
const opens: Readonly<Record<string, string>> = { '}': '{', ']': '[' };
