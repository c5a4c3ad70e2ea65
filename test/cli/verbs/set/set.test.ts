import { setImageFlags, setResourcesFlags, setSelectorFlags, setServiceAccountFlags } from '../../../../src/cli/verbs/set/flags';
import { setImage } from '../../../../src/cli/verbs/set/image';
import { setResources } from '../../../../src/cli/verbs/set/resources';
import { setSelector } from '../../../../src/cli/verbs/set/selector';
import { setServiceAccount } from '../../../../src/cli/verbs/set/service-account';
import { snapshot as base } from '../../snapshot';
import { runVerb } from '../run-verb';

const deployment = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'default' },
  spec: { selector: {}, template: { spec: { containers: [{ name: 'main', image: 'nginx' }, { name: 'side', image: 'redis' }], initContainers: [{ name: 'init', image: 'busybox' }] } } },
};
const path = '/apis/apps/v1/namespaces/default/deployments/web';
const services = '/api/v1/namespaces/default/services/web';
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'old' } } };
const snapshot = { ...base, resources: [...base.resources, { ...base.resources.find(({ kind }) => kind === 'ConfigMap')!, plural: 'services', kind: 'Service', singular: 'service', shortNames: ['svc'] }] };
const routes = { [`GET ${path}`]: deployment, [`PATCH ${path}`]: deployment, [`GET ${services}`]: service, [`PATCH ${services}`]: service };

test('only the containers that change are patched', async () => {
  const { out, sent } = await runVerb(setImage, setImageFlags, 'deployment/web main=nginx:2', { routes, snapshot });
  expect(out).toBe('deployment.apps/web image updated\n');
  expect(sent.at(-1)!.body).toEqual({ spec: { template: { spec: { '$setElementOrder/containers': [{ name: 'main' }, { name: 'side' }], 'containers': [{ name: 'main', image: 'nginx:2' }] } } } });
});

test('what is so already is neither sent nor told', async () => {
  const { out, requests } = await runVerb(setImage, setImageFlags, 'deployment/web main=nginx', { routes, snapshot });
  expect(out).toBe('');
  expect(requests).toEqual([`GET ${path}`]);
});

test.each<[string, string]>([
  ['deployment/web other=nginx', 'error: unable to find container named "other"\n'],
  ['deployment/web', 'error: at least one image update is required\n'],
  ['service/web a=b', 'error: services/web the object is not a pod or does not have a pod template: *v1.Service\n'],
])('set image %s fails', async (line, err) => {
  expect(await runVerb(setImage, setImageFlags, line, { routes, snapshot })).toMatchObject({ out: '', err, code: 1 });
});

test('wildcards select containers, those of initialisation too', async () => {
  const { out } = await runVerb(setResources, setResourcesFlags, ['deployment/web', '-c', '*i*', '--requests=cpu=1000m', '--dry-run=client', '-o', 'jsonpath={..resources}'], { routes, snapshot });
  expect(out).toBe('{"requests":{"cpu":"1"}} {"requests":{"cpu":"1"}} {"requests":{"cpu":"1"}}');
});

test('a service account and a selector are the last argument', async () => {
  expect(await runVerb(setServiceAccount, setServiceAccountFlags, 'deployment web builder', { routes, snapshot })).toMatchObject({ out: 'deployment.apps/web serviceaccount updated\n' });
  const { sent } = await runVerb(setSelector, setSelectorFlags, 'service web app=new', { routes, snapshot });
  expect(sent.at(-1)!.body).toEqual({ spec: { selector: { app: 'new' } } });
});

test('kinds that are not built in are refused', async () => {
  const { err } = await runVerb(setImage, setImageFlags, '-f - --local a=b', { stdin: '{"apiVersion":"x/v1","kind":"Y","metadata":{"name":"a"}}' });
  expect(err).toContain('no kind "Y" is registered for version "x/v1" in scheme "pkg/scheme/scheme.go:28"');
});
