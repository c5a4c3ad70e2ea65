import { parseQuantity } from './parse';
import { divideUp, powerOf10, type Format, type Quantity } from './quantity';
import { constructSuffix } from './suffix';

function formatDecimal(quantity: Quantity, format: Format): string {
  let { unscaled, scale } = quantity;
  while (unscaled % 10n === 0n) {
    unscaled /= 10n;
    scale++;
  }
  while (scale % 3 !== 0) {
    unscaled *= 10n;
    scale--;
  }
  return unscaled + constructSuffix(scale, format);
}

function formatBinary(whole: bigint): string {
  let exponent = 0;
  while (whole % 1024n === 0n) {
    whole /= 1024n;
    exponent += 10;
  }
  return whole + constructSuffix(exponent, 'BinarySI');
}

/** The whole number that a binary quantity prints, undefined when it prints in decimal: below 1024, or not whole. */
function wholeBinary({ unscaled, scale }: Quantity): bigint | undefined {
  const whole = scale >= 0 ? unscaled * powerOf10(scale) : divideUp(unscaled, powerOf10(-scale));
  const exact = scale >= 0 || whole * powerOf10(-scale) === unscaled;
  return exact && (whole >= 1024n || whole <= -1024n) ? whole : undefined;
}

/** Canonical text. Source: Quantity.CanonicalizeBytes. */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text;
  if (quantity.unscaled === 0n) return '0';
  if (quantity.format !== 'BinarySI') return formatDecimal(quantity, quantity.format);
  const whole = wholeBinary(quantity);
  return whole === undefined ? formatDecimal(quantity, 'DecimalSI') : formatBinary(whole);
}

const canonical = new Map<string, string>();
const maxRemembered = 1000;

/** What a quantity reads as once it went through the API: 1000m → 1, 1.5Gi → 1536Mi, 0.5 → 500m. Throws QuantityError. */
export function canonicalQuantity(input: string | number): string {
  const key = String(input);
  const known = canonical.get(key);
  if (known !== undefined) return known;
  const text = formatQuantity(parseQuantity(input));
  if (canonical.size >= maxRemembered) canonical.clear();
  canonical.set(key, text);
  return text;
}
