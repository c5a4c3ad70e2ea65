import { cordon, uncordon } from '../../../../src/cli/verbs/cordon/cordon';
import { cordonFlags } from '../../../../src/cli/verbs/cordon/flags';
import { snapshot as base } from '../../snapshot';
import { runVerb } from '../run-verb';

const namespaces = base.resources.find(({ kind }) => kind === 'Namespace')!;
const snapshot = { ...base, resources: [...base.resources, { ...namespaces, plural: 'nodes', kind: 'Node', singular: 'node', shortNames: ['no'] }] };
const node = (unschedulable: boolean) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' }, spec: { ...(unschedulable && { unschedulable }) } });
const routes = (unschedulable: boolean) => ({ 'GET /api/v1/nodes/a': node(unschedulable), 'PATCH /api/v1/nodes/a': node(true) });

test.each([
  ['cordon', cordon, false, '', 'node/a cordoned\n', { spec: { unschedulable: true } }],
  ['cordon', cordon, true, '', 'node/a already cordoned\n', undefined],
  ['uncordon', uncordon, true, '', 'node/a uncordoned\n', { spec: { unschedulable: null } }],
  ['cordon', cordon, false, '--dry-run=client', 'node/a cordoned (dry run)\n', undefined],
] as const)('%s %#', async (_, verb, unschedulable, flags, out, patch) => {
  const run = await runVerb(verb, cordonFlags, `a ${flags}`, { routes: routes(unschedulable), snapshot });
  expect(run).toMatchObject({ out, err: '', code: 0 });
  expect(run.sent.find(({ method }) => method === 'PATCH')?.body).toEqual(patch);
});

test('a node must be named', async () => {
  const { err } = await runVerb(cordon, cordonFlags, '', { snapshot });
  expect(err).toBe('error: USAGE: cordon NODE [flags]\nSee \'kubectl cordon -h\' for help and examples\n');
});
