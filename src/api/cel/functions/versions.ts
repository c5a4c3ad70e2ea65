import { CelError, Opaque, type Value } from '../values/value';
import { traversal } from './costs';
import { row, type Overload } from './row';

interface Version {
  readonly numbers: readonly [bigint, bigint, bigint];
  readonly pre: readonly string[];
}

class SemverValue extends Opaque {
  readonly typeName = 'kubernetes.Semver';

  constructor(readonly version: Version) {
    super();
  }

  override equals(other: Opaque): boolean {
    return compareVersions(this.version, (other as SemverValue).version) === 0;
  }
}

const number = '(?:0|[1-9]\\d*)';
const identifier = `(?:${number}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
const semver = new RegExp(`^(${number})\\.(${number})\\.(${number})(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`);

function parsed(text: string): Version | undefined {
  const [found, major, minor, patch, pre] = semver.exec(text) ?? [];
  return found === undefined ? undefined : { numbers: [BigInt(major!), BigInt(minor!), BigInt(patch!)], pre: pre ? pre.split('.') : [] };
}

/** Without a leading v, padding zeros, and with all three numbers. Source: normalizeAndParse. */
function normalised(text: string): string {
  const [, numbers = '', rest = ''] = /^v?([\d.]*)(.*)$/s.exec(text) ?? [];
  const parts = numbers.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (parts.length < 3) parts.push('0');
  return parts.join('.') + rest;
}

function semverOf(text: string, normalises = false): SemverValue {
  const version = parsed(normalises ? normalised(text) : text);
  if (!version) throw new CelError('No Major.Minor.Patch elements found');
  return new SemverValue(version);
}

function compareVersions(a: Version, b: Version): number {
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

const order = (a: SemverValue, b: SemverValue) => compareVersions(a.version, b.version);
const type = 'kubernetes.Semver';
const over = ([text]: readonly Value[]) => traversal(text!);

/** Source: k8s.io/apiserver/pkg/cel/library/semverlib.go. */
export const versions: readonly Overload[] = [
  row(`semver(string) ${type}`, (text: string) => semverOf(text), over),
  row(`semver(string, bool) ${type}`, semverOf, over),
  row('isSemver(string) bool', (text: string) => parsed(text) !== undefined, over),
  row('isSemver(string, bool) bool', (text: string, normalises: boolean) => parsed(normalises ? normalised(text) : text) !== undefined, over),
  row(`(${type}).isGreaterThan(${type}) bool`, (a: SemverValue, b: SemverValue) => order(a, b) > 0),
  row(`(${type}).isLessThan(${type}) bool`, (a: SemverValue, b: SemverValue) => order(a, b) < 0),
  row(`(${type}).compareTo(${type}) int`, (a: SemverValue, b: SemverValue) => BigInt(order(a, b))),
  ...(['major', 'minor', 'patch'] as const).map((part, at) => row(`(${type}).${part}() int`, ({ version }: SemverValue) => version.numbers[at]!)),
];
