import type { Write } from './writer';

/** A term of a selector: its title and a line per requirement. */
export function describeTerm(write: Write, level: number, title: string, lines: readonly string[]): void {
  write(level, `${title}:\t`);
  if (lines.length === 0) write(0, '<none>\n');
  lines.forEach((line, i) => {
    if (i > 0) write(level, '\t');
    write(0, `${line}\n`);
  });
}
