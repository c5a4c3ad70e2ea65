/** A version after semver.org 2.0.0. What is built does not count when two are compared. */
export interface Semver {
  readonly numbers: readonly [bigint, bigint, bigint];
  readonly pre: readonly string[];
}

const number = '(?:0|[1-9]\\d*)';
const identifier = `(?:${number}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
const semver = new RegExp(`^(${number})\\.(${number})\\.(${number})(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`);

/** Undefined for what is no version. */
export function parseSemver(text: string): Semver | undefined {
  const [found, major, minor, patch, pre] = semver.exec(text) ?? [];
  return found === undefined ? undefined : { numbers: [BigInt(major!), BigInt(minor!), BigInt(patch!)], pre: pre ? pre.split('.') : [] };
}

/** Below zero when the first comes before the second. */
export function compareSemver(a: Semver, b: Semver): number {
  const at = a.numbers.findIndex((value, index) => value !== b.numbers[index]);
  if (at >= 0) return a.numbers[at]! < b.numbers[at]! ? -1 : 1;
  if (!a.pre.length || !b.pre.length) return Number(!a.pre.length) - Number(!b.pre.length);
  return comparePre(a.pre, b.pre);
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left, right] = [a[at], b[at]];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    if (left === right) continue;
    const [isLeftNumber, isRightNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (isLeftNumber && isRightNumber) return BigInt(left) < BigInt(right) ? -1 : 1;
    if (isLeftNumber !== isRightNumber) return isLeftNumber ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}
