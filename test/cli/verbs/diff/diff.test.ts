import { diffCommand } from '../../../../src/cli/verbs/diff/program';
import { diffFailure } from '../../../../src/cli/verbs/diff/failure';
import { fileNameOf } from '../../../../src/cli/verbs/diff/directories';
import { masked } from '../../../../src/cli/verbs/diff/mask';
import { diff } from '../../../../src/cli/verbs/diff/diff';
import { diffFlags } from '../../../../src/cli/verbs/diff/flags';
import { ExitError, outcomeOf } from '../../../../src/cli/errors';
import type { Unstructured } from '../../../../src/api/meta';
import { runVerb } from '../run-verb';

it.each([
  [undefined, ['diff', '-u', '-N', 'a', 'b']],
  ['colordiff -N -u', ['colordiff', 'a', 'b', '-N', '-u']],
  ['diff -y; rm x/y', ['diff', 'a', 'b', 'rm']],
])('KUBECTL_EXTERNAL_DIFF=%j runs %j', (variable, expected) => {
  expect(diffCommand({ KUBECTL_EXTERNAL_DIFF: variable }, 'a', 'b')).toEqual(expected);
});

it.each([
  [new ExitError(1), { text: '', exitCode: 1 }],
  [new Error('no'), { text: 'error: no\n', exitCode: 2 }],
])('an error ends: %#', (error, outcome) => expect(outcomeOf(diffFailure(error))).toEqual(outcome));

it.each<[Record<string, string> | undefined, Record<string, string> | undefined, unknown, unknown]>([
  [{ a: '1', b: '2', c: '3' }, { a: '1', b: '9', d: '4' }, { a: '***', b: '*** (before)', c: '***' }, { a: '***', b: '*** (after)', d: '***' }],
  [undefined, { a: '1' }, undefined, { a: '***' }],
  [{ a: '1' }, undefined, { a: '***' }, undefined],
])('of the secrets %j and %j only changes show', (from, to, before, after) => {
  const secret = (data: unknown) => ({ kind: 'Secret', metadata: {}, ...(data ? { data } : {}) }) as Unstructured;
  expect(masked(secret(from), secret(to)).map((object) => object?.['data'])).toEqual([before, after]);
});

it.each([
  [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'default' } }, 'apps.v1.Deployment.default.web'],
  [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }, 'v1.Namespace..x'],
])('%j has a file of its own', (object, name) => expect(fileNameOf(object as Unstructured)).toBe(name));

it.each([
  ['', 'error: must specify one of -f and -k\n'],
  ['x', "error: Unexpected args: [x]\nSee 'kubectl diff -h' for help and examples\n"],
  ['-f x --force-conflicts', 'error: --force-conflicts only works with --server-side\n'],
])('diff %s is refused', async (line, err) => expect(await runVerb(diff, diffFlags, line)).toMatchObject({ err }));
