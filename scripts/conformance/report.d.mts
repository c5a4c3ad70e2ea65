import type { Row } from './rows.cjs';

export interface Judged extends Row {
  readonly outcome: 'passing' | 'failing' | 'unshowable' | 'missing';
  readonly why?: string;
}
export interface Judgement {
  readonly rows: readonly Judged[];
  /** Failures that belong to no row: a file that does not load, a row that is unknown. */
  readonly errors: readonly string[];
}
/** `results`: testResults of jest's --json report. */
export function judge(selected: readonly Row[], results: readonly object[]): Judgement;
/** The lines to print. */
export function render(judgement: Judgement): string[];
export function count(rows: readonly Judged[], outcome: Judged['outcome']): number;
