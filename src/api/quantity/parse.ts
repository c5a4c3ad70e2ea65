import { divideUp, powerOf10, type Quantity } from './quantity';
import { interpretSuffix, type Suffix } from './suffix';

const formatWrong = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

export class QuantityError extends Error {
  override readonly name = 'QuantityError';
}

const grammar = /^([-+]?)0*(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;

const nano = -9;
const maxInt64 = 2n ** 63n - 1n;

/** Exponents beyond this are refused: they have no use and their arithmetic no end. */
const maxExponent = 10_000;

/** Of a text: longer ones have no use either. */
const maxLength = 1000;

interface Parts {
  negative: boolean;
  whole: string;
  fraction: string;
  suffix: Suffix;
}

function split(text: string): Parts {
  if (text.length > maxLength) throw new QuantityError('unable to parse numeric part of quantity');
  const [, sign, whole, fraction = '', suffixText] = grammar.exec(text) ?? [];
  if (suffixText === undefined || text === '') throw new QuantityError(formatWrong);
  const suffix = interpretSuffix(suffixText);
  if (!suffix) throw new QuantityError("unable to parse quantity's suffix");
  if (Math.abs(suffix.exponent) > maxExponent) throw new QuantityError('unable to parse numeric part of quantity');
  return { negative: sign === '-', whole: whole || '0', fraction, suffix };
}

/** Whether Go's fast path takes the number; only there the text may be kept as it is. */
function fitsInt64({ whole, fraction, suffix }: Parts): boolean {
  if (suffix.base === 10) return whole.length + fraction.length <= 18 && suffix.exponent - fraction.length >= nano;
  return fraction === '' && 15 - whole.length - Math.trunc((suffix.exponent * 3) / 10) - 1 >= 0;
}

function looksCanonical({ whole, fraction, suffix }: Parts): boolean {
  const digits = whole + fraction;
  if (suffix.base === 2) return (BigInt(digits) & 7n) !== 0n;
  return (suffix.exponent - fraction.length) % 3 === 0 && !digits.endsWith('000') && digits[0] !== '0';
}

/** Rounded up to whole nano-units, since who asks for something should get something. Binary values end at the largest int64. */
function bounded(unscaled: bigint, scale: number, format: Quantity['format']): Quantity {
  if (scale < nano) return bounded(divideUp(unscaled, powerOf10(nano - scale)), nano, format);
  if (format !== 'BinarySI') return { unscaled, scale, format };
  const one = powerOf10(-scale);
  if (unscaled > maxInt64 * one) return { unscaled: maxInt64, scale: 0, format };
  return { unscaled, scale, format: unscaled > 0n && unscaled < one ? 'DecimalSI' : format };
}

function parse(text: string): Quantity {
  const parts = split(text);
  const { negative, whole, fraction, suffix } = parts;
  const scale = (suffix.base === 10 ? suffix.exponent : 0) - fraction.length;
  const magnitude = BigInt(whole + fraction) * (suffix.base === 2 ? 1n << BigInt(suffix.exponent) : 1n);
  const fits = fitsInt64(parts);
  const quantity = fits ? { unscaled: magnitude, scale, format: suffix.format } : bounded(magnitude, scale, suffix.format);
  const signed = negative ? { ...quantity, unscaled: -quantity.unscaled } : quantity;
  return fits && looksCanonical(parts) ? { ...signed, text } : signed;
}

const parsed = new Map<string, Quantity>();
const maxRemembered = 1000;

/**
 * Reads `500m`, `1.5Gi`, `1e3`, or a JSON number. Throws QuantityError with upstream's text.
 * The few texts that a cluster uses over and over are remembered.
 */
export function parseQuantity(input: string | number): Quantity {
  const text = String(input).trim();
  const known = parsed.get(text);
  if (known) return known;
  const quantity = parse(text);
  if (parsed.size >= maxRemembered) parsed.clear();
  parsed.set(text, quantity);
  return quantity;
}
