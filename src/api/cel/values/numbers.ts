import { CelError, Unsigned } from './value';

const int64Min = -(2n ** 63n);
const int64Max = 2n ** 63n - 1n;
const uint64Max = 2n ** 64n - 1n;

/** Throws CelError. */
export function asInt(value: bigint, what = 'integer overflow'): bigint {
  if (value < int64Min || value > int64Max) throw new CelError(what);
  return value;
}

/** Throws CelError. */
export function asUnsigned(value: bigint, what = 'unsigned integer overflow'): Unsigned {
  if (value < 0n || value > uint64Max) throw new CelError(what);
  return new Unsigned(value);
}

/** Rounded towards zero. Throws CelError. */
export function intOfDouble(value: number): bigint {
  if (!Number.isFinite(value) || value <= -(2 ** 63) || value >= 2 ** 63) throw new CelError('integer overflow');
  return BigInt(Math.trunc(value));
}

/** Throws CelError. */
export function unsignedOfDouble(value: number): Unsigned {
  if (!Number.isFinite(value) || value < 0 || value >= 2 ** 64) throw new CelError('unsigned integer overflow');
  return new Unsigned(BigInt(Math.trunc(value)));
}

/** Throws CelError for a divisor of zero. */
export function divided(a: bigint, b: bigint, what: 'division' | 'modulus'): bigint {
  if (b === 0n) throw new CelError(`${what} by zero`);
  return what === 'division' ? a / b : a % b;
}
