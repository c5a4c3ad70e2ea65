export type Format = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** `unscaled` × 10^`scale`. */
export interface Quantity {
  readonly unscaled: bigint;
  readonly scale: number;
  readonly format: Format;
  /** The text as it was read, kept where Go keeps it: when it looks canonical already. */
  readonly text?: string;
}

export const powerOf10 = (exponent: number) => 10n ** BigInt(exponent);

/** Rounds away from zero. */
export function divideUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  if (quotient * divisor === dividend) return quotient;
  return dividend < 0n ? quotient - 1n : quotient + 1n;
}

/** The value in units of 10^`scale`, rounded away from zero. Source: Quantity.ScaledValue. */
export function scaledValue(quantity: Quantity, scale: number): bigint {
  const difference = quantity.scale - scale;
  return difference >= 0
    ? quantity.unscaled * powerOf10(difference)
    : divideUp(quantity.unscaled, powerOf10(-difference));
}

/** Both values over the smaller of their scales. */
function aligned(a: Quantity, b: Quantity): { left: bigint; right: bigint; scale: number } {
  const scale = Math.min(a.scale, b.scale);
  return { left: scaledValue(a, scale), right: scaledValue(b, scale), scale };
}

/** A zero takes the format of what is added to it. */
const sumFormat = (a: Quantity, b: Quantity) => (a.unscaled === 0n ? b.format : a.format);

export function addQuantity(a: Quantity, b: Quantity): Quantity {
  const { left, right, scale } = aligned(a, b);
  return { unscaled: left + right, scale, format: sumFormat(a, b) };
}

export function subQuantity(a: Quantity, b: Quantity): Quantity {
  const { left, right, scale } = aligned(a, b);
  return { unscaled: left - right, scale, format: sumFormat(a, b) };
}

export function negateQuantity({ unscaled, scale, format }: Quantity): Quantity {
  return { unscaled: -unscaled, scale, format };
}

/** -1, 0 or 1. */
export function compareQuantity(a: Quantity, b: Quantity): number {
  const { left, right } = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

export const isZeroQuantity = (quantity: Quantity) => quantity.unscaled === 0n;

/** `value` must be an integer. */
export const newQuantity = (value: number | bigint, format: Format): Quantity => ({ unscaled: BigInt(value), scale: 0, format });

/** `milli` thousandths, an integer. */
export const newMilliQuantity = (milli: number | bigint, format: Format): Quantity => ({ unscaled: BigInt(milli), scale: -3, format });

/** Whole units, rounded away from zero (Quantity.Value). */
export const quantityValue = (quantity: Quantity) => Number(scaledValue(quantity, 0));

/** Thousandths, rounded away from zero (Quantity.MilliValue). */
export const toMilli = (quantity: Quantity) => Number(scaledValue(quantity, -3));

/** The nearest floating point number. */
export function toNumber({ unscaled, scale }: Quantity): number {
  return scale < 0 ? Number(unscaled) / 10 ** -scale : Number(unscaled) * 10 ** scale;
}
