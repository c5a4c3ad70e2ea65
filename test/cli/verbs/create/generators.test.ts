import { creates } from '../../../../src/cli/verbs/create/generator';
import { ingress } from '../../../../src/cli/verbs/create/ingress/ingress';
import { podDisruptionBudget, quota } from '../../../../src/cli/verbs/create/policy/policy';
import { roleBinding } from '../../../../src/cli/verbs/create/rbac/bindings';
import { clusterRole, role } from '../../../../src/cli/verbs/create/rbac/roles';
import { clusterIP, externalName } from '../../../../src/cli/verbs/create/services/services';
import { job } from '../../../../src/cli/verbs/create/workloads/jobs';
import type { createSharedFlags } from '../../../../src/cli/verbs/create/flags';
import type { Generator } from '../../../../src/cli/verbs/create/generator';
import { runVerb } from '../run-verb';
import type { TestOptions } from '../../session';
import { resource, snapshot } from '../../snapshot';

async function run<T extends typeof createSharedFlags>(generator: Generator<T>, line: string, options: TestOptions = {}) {
  return runVerb(creates(generator), generator.flags, `x --dry-run=client -o json ${line}`, options);
}

async function made<T extends typeof createSharedFlags>(generator: Generator<T>, line: string, options?: TestOptions): Promise<unknown> {
  const { out, err } = await run(generator, line, options);
  expect(err).toBe('');
  return JSON.parse(out);
}

test('a role has one rule per API group', async () => {
  expect(await made(role, '--verb=get --verb=list --resource=pods,deploy,pods/log')).toMatchObject({
    kind: 'Role',
    rules: [
      { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods', 'pods/log'] },
      { verbs: ['get', 'list'], apiGroups: ['apps'], resources: ['deployments'] },
    ],
  });
});

test('a cluster role may be of paths alone, and then asks no server', async () => {
  const session = { snapshot: { groups: [], resources: [] } };
  expect(await made(clusterRole, '--verb=get --non-resource-url=/metrics', session)).toMatchObject({ rules: [{ verbs: ['get'], nonResourceURLs: ['/metrics'] }] });
});

test('hosts with the same secret share an entry, paths of a host a rule', async () => {
  expect(await made(ingress, '--rule=a.x/1=s:80,tls=c --rule=a.x/2*=s:web --rule=b.x/=s:80,tls=c')).toMatchObject({
    spec: {
      tls: [{ hosts: ['a.x', 'b.x'], secretName: 'c' }],
      rules: [
        { host: 'a.x', http: { paths: [{ path: '/1', pathType: 'Exact' }, { path: '/2', pathType: 'Prefix', backend: { service: { name: 's', port: { name: 'web' } } } }] } },
        { host: 'b.x', http: { paths: [{ path: '/', backend: { service: { name: 's', port: { number: 80 } } } }] } },
      ],
    },
  });
});

test('a service forgets --save-config as kubectl does', async () => {
  expect(await made(clusterIP, '--tcp=80:8080 --save-config')).toEqual({
    kind: 'Service', apiVersion: 'v1', metadata: { name: 'x', creationTimestamp: null, labels: { app: 'x' } },
    spec: { ports: [{ name: '80-8080', protocol: 'TCP', port: 80, targetPort: 8080 }], selector: { app: 'x' }, type: 'ClusterIP' },
    status: { loadBalancer: {} },
  });
});

const cronJob = {
  apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'tick', namespace: 'default', uid: 'u1' },
  spec: { schedule: '* * * * *', jobTemplate: { metadata: { labels: { a: 'b' } }, spec: { template: { spec: { containers: [{ name: 'c', image: 'busybox' }] } } } } },
};

test('a job of a cron job is owned by it', async () => {
  const routes = { 'GET /apis/batch/v1/namespaces/default/cronjobs/tick': cronJob };
  const withCronJobs = { ...snapshot, resources: [...snapshot.resources, resource('batch', 'v1', 'cronjobs', 'CronJob')] };
  expect(await made(job, '--from=cronjob/tick', { routes, snapshot: withCronJobs })).toMatchObject({
    metadata: {
      name: 'x', labels: { a: 'b' }, annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'tick', uid: 'u1', controller: true }],
    },
    spec: { template: { spec: { containers: [{ name: 'c' }] } } },
  });
});

const refusals: [string, Generator<typeof createSharedFlags>, string, string][] = [
  ['role without a verb', role, '--resource=pods', 'at least one verb must be specified'],
  ['role of a foreign verb', role, '--verb=bind --resource=pods', 'can not perform \'bind\' on \'pods\' in group \'\''],
  ['cluster role of a path without slash', clusterRole, '--verb=get --non-resource-url=x', 'nonResourceURL should start with /'],
  ['role binding of two roles', roleBinding, '--role=a --clusterrole=b', 'exactly one of clusterrole or role must be specified'],
  ['account without namespace', roleBinding, '--role=a --serviceaccount=b', 'serviceaccount must be <namespace>:<name>'],
  ['quota of no amount', quota, '--hard=cpu', 'Invalid argument syntax cpu, expected <resource>=<value>'],
  ['budget of both', podDisruptionBudget, '--selector=a=b --min-available=1 --max-unavailable=1', 'min-available and max-unavailable cannot be both specified'],
  ['service without ports', clusterIP, '', 'at least one tcp port specifier must be provided'],
  ['service of a large port', clusterIP, '--tcp=70000', 'strconv.ParseUint: parsing "70000": value out of range'],
  ['name of none', externalName, '', 'required flag(s) "external-name" not set'],
  ['job of nothing', job, '', 'either --image or --from must be specified'],
].map((row) => row as [string, Generator<typeof createSharedFlags>, string, string]);

test.each(refusals)('%s is refused', async (_, generator, line, message) => {
  expect(await run(generator, line)).toMatchObject({ out: '', err: `error: ${message}\n`, code: 1 });
});
