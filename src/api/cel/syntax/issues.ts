/** Something wrong with an expression. `at`: UTF-16 units from its beginning. */
export interface Issue {
  readonly at: number;
  readonly message: string;
}

/** How the parser gives up at a place. */
export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure';

  constructor(readonly at: number, message: string) {
    super(message);
  }
}

/** An expression that cannot be compiled. The message shows every issue with the place it is about. */
export class CompileError extends Error {
  override readonly name = 'CompileError';

  constructor(readonly source: string, readonly issues: readonly Issue[]) {
    super(displayed(source, issues));
  }
}

export const isCompileError = (error: unknown): error is CompileError => error instanceof Error && error.name === 'CompileError';

const issuesMax = 100;
const snippetMax = 16384;

/** Source of the form: cel-go's common/errors.go. */
function displayed(source: string, issues: readonly Issue[]): string {
  const sorted = [...issues].sort((a, b) => a.at - b.at);
  const more = sorted.length - issuesMax;
  return [...sorted.slice(0, issuesMax).map((issue) => display(source, issue)), ...(more > 0 ? [`${more} more errors were truncated`] : [])].join('\n');
}

function display(source: string, { at, message }: Issue): string {
  const before = source.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  const text = source.slice(lineStart).split('\n')[0]!.replaceAll('\t', ' ');
  const characters = [...text];
  const column = [...source.slice(lineStart, at)].length;
  const head = `ERROR: <input>:${line}:${column + 1}: ${message}`;
  if (text.length > snippetMax) return head;
  const dots = characters.slice(0, column).map((char) => (isWide(char) ? '．' : '.')).join('');
  return `${head}\n | ${text}\n | ${dots}${isWide(characters[column] ?? '') ? '＾' : '^'}`;
}

const isWide = (char: string) => char > '\x7f';
