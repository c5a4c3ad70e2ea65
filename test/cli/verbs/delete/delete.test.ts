import { deleteFlags } from '../../../../src/cli/verbs/delete/flags';
import { deleteVerb } from '../../../../src/cli/verbs/delete/delete';
import { gracePeriod, propagationPolicy } from '../../../../src/cli/verbs/delete/options';
import { inputOf, testSession, type TestOptions } from '../../session';

const one = 'DELETE /api/v1/namespaces/default/pods/web';
const gone = { kind: 'Status', apiVersion: 'v1', status: 'Success', details: { uid: '1' } };

async function line(argv: string[], options: TestOptions = {}) {
  const session = testSession(options);
  await deleteVerb(session, inputOf(argv, deleteFlags));
  return session;
}

it('deletes by name in the background', async () => {
  const session = await line(['pod', 'web', '--wait=false'], { routes: { [one]: gone } });
  expect(session.stdout()).toBe('pod "web" deleted\n');
  expect(session.sent[0]!.body).toEqual({ kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' });
});

it('waits until the object of this uid is gone', async () => {
  const lists = [[{ metadata: { name: 'web', uid: '1' } }], []];
  const session = await line(['pod', 'web'], {
    routes: {
      [one]: gone,
      'GET /api/v1/namespaces/default/pods': ({ path, query }) =>
        (`${path}${JSON.stringify(query)}`.includes('watch') ? '' : { kind: 'PodList', metadata: { resourceVersion: '1' }, items: lists.shift() ?? [] }),
    },
  });
  expect(lists).toEqual([]);
  expect(session.stdout()).toBe('pod "web" deleted\n');
});

it('warns about force and sends no grace', async () => {
  const session = await line(['pod', 'web', '--force', '--wait=false'], { routes: { [one]: gone } });
  expect(session.stderr()).toMatch(/^Warning: Immediate deletion does not wait/);
  expect(session.stdout()).toBe('pod "web" force deleted\n');
  expect(session.sent[0]!.body).toMatchObject({ gracePeriodSeconds: 0 });
});

it('asks first with -i', async () => {
  const no = await line(['pod', 'web', '-i'], { stdin: 'n\n' });
  expect(no.stdout()).toBe('You are about to delete the following 1 resource(s):\npod/web\nDo you want to continue? (y/n): deletion is cancelled\n');
  const yes = await line(['pod', 'web', '-i', '--wait=false'], { stdin: 'y\n', routes: { [one]: gone } });
  expect(yes.stdout()).toMatch(/pod "web" deleted\n$/);
});

it('takes what is not there as gone when told to', async () => {
  const session = await line(['pod', 'nosuch', '--ignore-not-found', '--wait=false']);
  expect(session.stdout()).toBe('');
});

it.each([
  [{ now: true, 'grace-period': -1, force: false }, 1],
  [{ now: false, 'grace-period': -1, force: true }, 0],
  [{ now: false, 'grace-period': 0, force: false }, 1],
  [{ now: false, 'grace-period': 30, force: false }, 30],
  [{ now: false, 'grace-period': -1, force: false }, -1],
])('%j is a grace of %d', (flags, grace) => {
  expect(gracePeriod(flags as Parameters<typeof gracePeriod>[0])).toBe(grace);
});

it('knows three kinds of cascade', () => {
  expect(['background', 'foreground', 'orphan', 'true', 'false'].map(propagationPolicy)).toEqual(['Background', 'Foreground', 'Orphan', 'Background', 'Orphan']);
  expect(() => propagationPolicy('maybe')).toThrow('invalid cascade value (maybe). Must be "background", "foreground", or "orphan"');
});
