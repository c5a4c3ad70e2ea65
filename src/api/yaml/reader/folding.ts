import type { Cursor } from './cursor';

/** White space between the words of a scalar, collected to be folded: one line break is a space, more are one less. */
export class Gap {
  private spaces = '';
  private leadingBreak = '';
  private trailingBreaks = '';
  /** A line has ended. */
  hasBreak = false;

  get isEmpty(): boolean {
    return !this.hasBreak && !this.spaces;
  }

  /** A line break that leaves nothing behind: the backslash before it says so. */
  joinLines(): void {
    this.hasBreak = true;
  }

  /** Over one blank or line break. */
  collect(cursor: Cursor): void {
    if (cursor.isBlank()) {
      const blank = cursor.take();
      if (!this.hasBreak) this.spaces += blank;
    } else if (this.hasBreak) this.trailingBreaks += cursor.takeBreak();
    else {
      this.spaces = '';
      this.leadingBreak = cursor.takeBreak();
      this.hasBreak = true;
    }
  }

  /** The text that it stands for; empty again afterwards. */
  fold(): string {
    const { spaces, leadingBreak, trailingBreaks, hasBreak } = this;
    this.spaces = this.leadingBreak = this.trailingBreaks = '';
    this.hasBreak = false;
    if (!hasBreak) return spaces;
    return leadingBreak === '\n' ? trailingBreaks || ' ' : leadingBreak + trailingBreaks;
  }
}
