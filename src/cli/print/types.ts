import type { outputFlags } from '../flags/sets';
import type { FlagValues } from '../flags/spec';
import type { Output } from '../session';
import type { Printable } from './objects';

/** Prints one object after the other. Throws what its format finds wrong with one. */
export type ObjectPrinter = (object: Printable) => void;

export type OutputFlags = FlagValues<typeof outputFlags>;

export interface PrinterOptions {
  readonly flags: Pick<OutputFlags, 'output'> & Partial<OutputFlags>;
  readonly out: Output;
  /** Of relative template files. */
  readonly cwd: string;
  /** Formats that this command knows besides: they are listed in its error. */
  readonly extraFormats?: readonly string[];
  /** JSON with the fields as they stand in the object, where kubectl prints a Go struct, and not sorted. */
  readonly keepOrder?: boolean;
}
