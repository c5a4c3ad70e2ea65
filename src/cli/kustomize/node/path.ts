/** Splits at a delimiter, unless a backslash stands before it. One leading delimiter is dropped. */
export function splitPath(path: string, delimiter: string): string[] {
  const pieces = path.split(delimiter);
  if (pieces.length > 1 && pieces[0] === '') pieces.shift();
  const parts = [pieces[0]!];
  for (const piece of pieces.slice(1)) {
    const last = parts.at(-1)!;
    if (last.endsWith('\\')) parts[parts.length - 1] = last.slice(0, -1) + delimiter + piece;
    else parts.push(piece);
  }
  return parts;
}

/** Splits at dots, but not within brackets: `[name=a.b]` stays whole, `[a.b]` loses its brackets. Source: SmarterPathSplitter of kyaml. */
export function splitFieldPath(path: string): string[] {
  const pieces = splitPath(path, '.');
  const parts: string[] = [];
  for (let i = 0; i < pieces.length; i++) {
    let part = pieces[i]!;
    if (part.startsWith('[') && !part.endsWith(']')) {
      while (i + 1 < pieces.length) {
        const piece = pieces[++i]!;
        part += `.${piece}`;
        if (piece.endsWith(']')) break;
      }
      if (!part.includes('=')) part = part.replace(/^[[\]]+|[[\]]+$/g, '');
    }
    parts.push(part);
  }
  return parts;
}
