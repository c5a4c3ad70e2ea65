const bullet = /^(\d+\.?|-|\*)\s/;
const isBlank = (line: string) => line.trim() === '';
const isCode = (line: string) => line.startsWith('    ');

/**
 * A description in lines of at most `width` bytes: its own line ends are dropped, except around empty lines, code,
 * lists, and behind a colon. Words longer than the width stay whole. After k8s.io/kubectl/pkg/explain's formatter.
 */
export function fold(text: string, width: number): string[] {
  const done: string[] = [];
  let current = '';
  let lastWord = '';
  const flush = () => {
    if (!current) return;
    lastWord = '';
    done.push(current);
    current = '';
  };
  for (const line of text.split('\n')) {
    if (isCode(line) || (done.length && isBlank(line))) {
      flush();
      done.push(isCode(line) ? line : '');
      continue;
    }
    if (lastWord.endsWith(':') || isBlank(line) || bullet.test(line.trim())) flush();
    for (const word of line.split(/\s+/).filter(Boolean)) {
      // A colon counts until the next line begins, even at the end of a line that was full.
      if (current && Buffer.byteLength(`${current} ${word}`) > width) flush();
      lastWord = word;
      current = current ? `${current} ${word}` : word;
    }
  }
  flush();
  return done;
}

/** Empty lines stay empty. */
export const indented = (amount: number, lines: readonly string[]): string => lines.map((line) => (line ? `${' '.repeat(amount)}${line}\n` : '\n')).join('');
