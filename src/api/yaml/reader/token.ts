export interface Mark {
  index: number;
  /** From 0. */
  line: number;
  column: number;
}

/** How a scalar is written: as it is, in quotes, or as a `|` or `>` block. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export type TokenKind =
  | 'stream end' | 'directive' | 'document start' | 'document end'
  | 'block sequence start' | 'block mapping start' | 'block end'
  | 'flow sequence start' | 'flow sequence end' | 'flow mapping start' | 'flow mapping end'
  | 'block entry' | 'flow entry' | 'key' | 'value'
  | 'alias' | 'anchor' | 'tag' | 'scalar';

export interface Token {
  kind: TokenKind;
  mark: Mark;
  /** Of an alias, anchor, scalar, tag (its suffix) or directive. */
  text?: string;
  /** Of a tag: `!`, `!!`, `!name!`, or '' when the text is the whole tag. */
  handle?: string;
  /** Of a scalar. */
  style?: ScalarStyle;
}
