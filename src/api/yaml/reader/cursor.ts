import { YamlError } from '../scalar';
import type { Mark } from './token';

// Compared by code, not by pattern: a manifest is read in a process that has just started, where patterns are slow.
const [tab, lineFeed, carriageReturn, space, nextLine, lineSeparator, paragraphSeparator] = [0x09, 0x0a, 0x0d, 0x20, 0x85, 0x2028, 0x2029] as const;
const control = /[^\t\n\r\x20-\x7e\x85\xa0-\ufffd]/;

/** The position in a text, by characters, lines and columns. */
export class Cursor {
  index = 0;
  line = 0;
  column = 0;

  constructor(readonly text: string) {
    if (control.test(text)) throw new YamlError('yaml: control characters are not allowed');
  }

  mark(): Mark {
    return { index: this.index, line: this.line, column: this.column };
  }

  /** '' at the end. */
  char(offset = 0): string {
    return this.text[this.index + offset] ?? '';
  }

  isBlank(offset = 0): boolean {
    const code = this.text.charCodeAt(this.index + offset);
    return code === space || code === tab;
  }

  isBreak(offset = 0): boolean {
    const code = this.text.charCodeAt(this.index + offset);
    return code === lineFeed || code === carriageReturn || code === nextLine || code === lineSeparator || code === paragraphSeparator;
  }

  isEnd(offset = 0): boolean {
    return this.index + offset >= this.text.length;
  }

  isBreakOrEnd(offset = 0): boolean {
    return this.isEnd(offset) || this.isBreak(offset);
  }

  isBlankBreakOrEnd(offset = 0): boolean {
    return this.isBlank(offset) || this.isBreakOrEnd(offset);
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.index);
  }

  /** A document indicator that stands alone at the start of a line. */
  atDocumentIndicator(): boolean {
    return this.column === 0 && (this.startsWith('---') || this.startsWith('...')) && this.isBlankBreakOrEnd(3);
  }

  /** Over characters that are no line breaks. */
  skip(count = 1): void {
    this.index += count;
    this.column += count;
  }

  take(count = 1): string {
    const taken = this.text.slice(this.index, this.index + count);
    this.skip(count);
    return taken;
  }

  /** What a sticky pattern, which must not match line breaks, matches here. */
  takeMatch(pattern: RegExp): string {
    pattern.lastIndex = this.index;
    return this.take(pattern.exec(this.text)?.[0].length ?? 0);
  }

  /** Over a line break, which is returned as it counts: `\n` for all but the separators of Unicode. */
  takeBreak(): string {
    const char = this.char();
    this.index += char === '\r' && this.char(1) === '\n' ? 2 : 1;
    this.line++;
    this.column = 0;
    return char === '\u2028' || char === '\u2029' ? char : '\n';
  }
}
