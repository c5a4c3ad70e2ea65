import type { Pod } from '../../../../src/api/generated/core.v1';
import { attach } from '../../../../src/cli/verbs/attach/attach';
import { attachable } from '../../../../src/cli/verbs/attach/container';
import { attachFlags } from '../../../../src/cli/verbs/attach/flags';
import { inputOf, testSession } from '../../session';

const done = { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'done' }, spec: { containers: [{ name: 'a' }] }, status: { phase: 'Succeeded' } };

it.each([
  [[], 'at least 1 argument is required for attach'],
  [['a', 'b', 'c'], 'expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw 3: [a b c]'],
  [['a', '--pod-running-timeout=0s'], '--pod-running-timeout must be higher than zero'],
  [['done'], 'cannot attach a container in a completed pod; current phase is Succeeded'],
])('%j is refused', async (argv, message) => {
  const session = testSession({ routes: { 'GET /api/v1/namespaces/default/pods/done': done } });
  await expect(attach(session, inputOf(argv, attachFlags))).rejects.toMatchObject({ message });
});

describe('the container', () => {
  const pod = (annotation?: string) => ({
    metadata: { name: 'web', ...(annotation && { annotations: { 'kubectl.kubernetes.io/default-container': annotation } }) },
    spec: { containers: [{ name: 'a' }, { name: 'b', tty: true }], initContainers: [{ name: 'i' }] },
  }) as unknown as Pod;

  it.each([
    ['', undefined, 'a', ['Defaulted container "a" out of: a, b, i (init)\n']],
    ['', 'b', 'b', []],
    ['', 'nosuch', 'a', ['Defaulted container "a" out of: a, b, i (init)\n']],
    ['i', undefined, 'i', []],
  ])('named %j, annotated %j, is %s', (name, annotation, expected, told) => {
    const lines: string[] = [];
    expect(attachable(pod(annotation), name, (line) => lines.push(line)).name).toBe(expected);
    expect(lines).toEqual(told);
  });

  it('must exist', () => {
    expect(() => attachable(pod(), 'x', () => undefined)).toThrow('cannot attach to the container: container x not found in pod web');
  });
});
