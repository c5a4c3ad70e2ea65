import { compareSemver, parseSemver, type Semver } from '../../semver';
import { CelError, Opaque, type Value } from '../values/value';
import { traversal } from './costs';
import { row, type Overload } from './row';

class SemverValue extends Opaque {
  readonly typeName = 'kubernetes.Semver';

  constructor(readonly version: Semver) {
    super();
  }

  override equals(other: Opaque): boolean {
    return compareSemver(this.version, (other as SemverValue).version) === 0;
  }
}

/** Without a leading v, padding zeros, and with all three numbers. Source: normalizeAndParse. */
function normalised(text: string): string {
  const [, numbers = '', rest = ''] = /^v?([\d.]*)(.*)$/s.exec(text) ?? [];
  const parts = numbers.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (parts.length < 3) parts.push('0');
  return parts.join('.') + rest;
}

function semverOf(text: string, normalises = false): SemverValue {
  const version = parseSemver(normalises ? normalised(text) : text);
  if (!version) throw new CelError('No Major.Minor.Patch elements found');
  return new SemverValue(version);
}

const order = (a: SemverValue, b: SemverValue) => compareSemver(a.version, b.version);
const type = 'kubernetes.Semver';
const over = ([text]: readonly Value[]) => traversal(text!);

/** Source: k8s.io/apiserver/pkg/cel/library/semverlib.go. */
export const versions: readonly Overload[] = [
  row(`semver(string) ${type}`, (text: string) => semverOf(text), over),
  row(`semver(string, bool) ${type}`, semverOf, over),
  row('isSemver(string) bool', (text: string) => parseSemver(text) !== undefined, over),
  row('isSemver(string, bool) bool', (text: string, normalises: boolean) => parseSemver(normalises ? normalised(text) : text) !== undefined, over),
  row(`(${type}).isGreaterThan(${type}) bool`, (a: SemverValue, b: SemverValue) => order(a, b) > 0),
  row(`(${type}).isLessThan(${type}) bool`, (a: SemverValue, b: SemverValue) => order(a, b) < 0),
  row(`(${type}).compareTo(${type}) int`, (a: SemverValue, b: SemverValue) => BigInt(order(a, b))),
  ...(['major', 'minor', 'patch'] as const).map((part, at) => row(`(${type}).${part}() int`, ({ version }: SemverValue) => version.numbers[at]!)),
];
