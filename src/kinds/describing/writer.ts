import { createTabWriter, describeTabs } from '../../api/tabwriter';

/** Adds text two spaces in per level. A line may come in several pieces; only pieces with a level are indented. */
export type Write = (level: number, text: string) => void;

/** So that nothing in an object can command the terminal it is shown on. After printers.WriteEscaped. */
const escapeTerminal = (text: string) => text.replaceAll('\x1b', '^[').replaceAll('\r', '\\r');

const indent = (level: number) => '  '.repeat(level);

/** Runs the function with a writer and aligns what it wrote at its tabs. */
export function describeText(describe: (write: Write) => void): string {
  const pieces: string[] = [];
  describe((level, text) => pieces.push(indent(level) + text));
  return createTabWriter(describeTabs)(escapeTerminal(pieces.join('')));
}

/** A writer whose every piece is `levels` further in. */
export const nested = (write: Write, levels: number): Write => (level, text) => write(level + levels, text);

/** `Label:<tab>value` */
export function field(write: Write, label: string, value: string | number | boolean | undefined, level = 0): void {
  write(level, `${label}:\t${value ?? ''}\n`);
}

/** The field, unless there is nothing to show. */
export function fieldIfSet(write: Write, label: string, value: string | number | undefined, level = 0): void {
  if (value) field(write, label, value, level);
}
