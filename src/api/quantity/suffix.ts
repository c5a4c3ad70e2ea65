import type { Format } from './quantity';

export interface Suffix {
  base: 2 | 10;
  exponent: number;
  format: Format;
}

const decimal: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Record<string, number> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

const invert = (table: Record<string, number>) => new Map(Object.entries(table).map(([suffix, exponent]) => [exponent, suffix]));
const decimalSuffixes = invert(decimal);
const binarySuffixes = invert(binary);

/** Undefined for what is no suffix. */
export function interpretSuffix(suffix: string): Suffix | undefined {
  if (Object.hasOwn(decimal, suffix)) return { base: 10, exponent: decimal[suffix]!, format: 'DecimalSI' };
  if (Object.hasOwn(binary, suffix)) return { base: 2, exponent: binary[suffix]!, format: 'BinarySI' };
  const exponent = /^[eE]([-+]?\d+)$/.exec(suffix)?.[1];
  return exponent === undefined ? undefined : { base: 10, exponent: Number(exponent), format: 'DecimalExponent' };
}

/** Exponents without a suffix yield none: `1000000E` prints as `1`, as it does upstream. */
export function constructSuffix(exponent: number, format: Format): string {
  if (format === 'DecimalExponent') return exponent ? `e${exponent}` : '';
  return (format === 'BinarySI' ? binarySuffixes : decimalSuffixes).get(exponent) ?? '';
}
