import { normalise, toInput, parseWithUsage } from '../../../src/cli/argv/normalise';
import { globalFlags } from '../../../src/cli/flags/global';
import { dryRunFlags, filenameFlags } from '../../../src/cli/flags/sets';
import { getFlags } from '../../../src/cli/verbs/get/flags';
import { flagTable } from '../../../src/cli/flags/spec';

const deleteLike = flagTable({
  ...dryRunFlags, ...filenameFlags,
  'cascade': { type: 'string', default: 'background', bare: 'background', help: '' },
  'timeout': { type: 'duration', help: '' },
  'grace-period': { type: 'int', default: -1, help: '' },
  'env': { type: 'strings', help: '' },
  'interactive': { type: 'bool', short: 'i', help: '' },
  'tty': { type: 'bool', short: 't', help: '' },
  'container': { type: 'string', short: 'c', help: '' },
});
const table = { ...globalFlags, ...getFlags, ...deleteLike };
const read = (line: string) => normalise(line.split(' ').filter(Boolean), table, 'kubectl get');

test.each([
  ['pods', '-- pods'],
  ['-n x pods', '--namespace=x -- pods'],
  ['-nx pods', '--namespace=x -- pods'],
  ['-n=x pods', '--namespace=x -- pods'],
  ['--namespace x pods', '--namespace=x -- pods'],
  ['--namespace=x pods', '--namespace=x -- pods'],
  ['pods -ojson', '--output=json -- pods'],
  ['pods -o=json', '--output=json -- pods'],
  ['pods -o json', '--output=json -- pods'],
  ['pods -lapp=x', '--selector=app=x -- pods'],
  ['pods -l app=x,b!=c', '--selector=app=x,b!=c -- pods'],
  ['pods --filename=', '--filename=\0 -- pods'],
  ['pods -l=', '--selector=== -- pods'],
  ['pods --selector=', '--selector== -- pods'],
  ['pods -w', '--watch -- pods'],
  ['pods --watch=false', '--no-watch -- pods'],
  ['pods --watch=F', '--no-watch -- pods'],
  ['pods --watch false', '--watch -- pods false'],
  ['pods -Aw', '--all-namespaces --watch -- pods'],
  ['pods -Awojson', '--all-namespaces --watch --output=json -- pods'],
  ['pods -A=false', '--no-all-namespaces -- pods'],
  ['x -it -c y', '--interactive --tty --container=y -- x'],
  ['x -itcy', '--interactive --tty --container=y -- x'],
  ['pods --dry-run', '--dry-run=unchanged -- pods'],
  ['pods --dry-run client', '--dry-run=unchanged -- pods client'],
  ['pods --dry-run=client', '--dry-run=client -- pods'],
  ['pods --cascade', '--cascade=background -- pods'],
  ['pods --cascade=orphan', '--cascade=orphan -- pods'],
  ['-n a pods -n b', '--namespace=b -- pods'],
  ['pods -w --watch=false', '--no-watch -- pods'],
  ['-f a -f b', '--filename=a --filename=b --'],
  ['-f a,b', '--filename=a --filename=b --'],
  ['-f a b', '--filename=a -- b'],
  ['-f -', '--filename==- --'],
  ['--env a=b,c=d --env e=f', '--env=a=b,c=d --env=e=f --'],
  ['--grace-period=-1', '--grace-period==-1 --'],
  ['--grace-period 0x10', '--grace-period=16 --'],
  ['--timeout=1m30s', '--timeout=90000 --'],
  ['--timeout=0', '--timeout=0 --'],
  ['pod -- ls -l', '-- pod -- ls -l'],
  ['pod -- sh -- -c', '-- pod -- sh -- -c'],
  ['-- pod', '-- -- pod'],
  ['--show_labels', '--show-labels --'],
  ['-o --watch', '--output==--watch --'],
  ['pods - x', '-- pods - x'],
])('%s', (line, expected) => {
  expect(read(line).join(' ')).toBe(expected);
});

test.each([
  ['--foo', 'unknown flag: --foo'],
  ['--foo=x', 'unknown flag: --foo'],
  ['-Z', "unknown shorthand flag: 'Z' in -Z"],
  ['-Zfoo', "unknown shorthand flag: 'Z' in -Zfoo"],
  ['-wZ', "unknown shorthand flag: 'Z' in -Z"],
  ['-n', "flag needs an argument: 'n' in -n"],
  ['-wn', "flag needs an argument: 'n' in -n"],
  ['--namespace', 'flag needs an argument: --namespace'],
  ['--watch=x', 'invalid argument "x" for "-w, --watch" flag: strconv.ParseBool: parsing "x": invalid syntax'],
  ['--watch-only=', 'invalid argument "" for "--watch-only" flag: strconv.ParseBool: parsing "": invalid syntax'],
  ['--chunk-size=x', 'invalid argument "x" for "--chunk-size" flag: strconv.ParseInt: parsing "x": invalid syntax'],
  ['--chunk-size=99999999999999999999', 'invalid argument "99999999999999999999" for "--chunk-size" flag: strconv.ParseInt: parsing "99999999999999999999": value out of range'],
  ['--timeout=x', 'invalid argument "x" for "--timeout" flag: time: invalid duration "x"'],
  ['--timeout=5', 'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"'],
  ['--timeout=5x', 'invalid argument "5x" for "--timeout" flag: time: unknown unit "x" in duration "5x"'],
  ['---x', 'bad flag syntax: ---x'],
  ['--=x', 'bad flag syntax: --=x'],
])('refuses %s', (line, text) => {
  expect(() => read(line)).toThrow(`error: ${text}\nSee 'kubectl get --help' for usage.`);
});

test('values without oclif', () => {
  const argv = ['pods', '-f', 'a,b', '-L', 'x,"y,z"', '--chunk-size', '7', '-w', '--', 'ls'];
  const input = toInput(parseWithUsage(argv, table, 'kubectl get'), table);
  expect(input.flags).toMatchObject({ 'filename': ['a', 'b'], 'label-columns': ['x', 'y,z'], 'chunk-size': 7, 'watch': true, 'output': '', 'dry-run': 'none' });
  expect([...input.changed]).toEqual(['filename', 'label-columns', 'chunk-size', 'watch']);
  expect(input.args).toEqual(['pods', 'ls']);
  expect(input.argsBeforeDash).toBe(1);
});
