import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '../../../../src/kinds';
import { betaKinds } from '../../../../src/kinds/beta';
import { parseRuntimeConfig, servedKinds } from '../../../../src/kinds/versions/runtime-config';
import { describeWithOracle } from '../../../support/oracle';
import { startServer, type TestServer } from '../support/server';


const trimmed = (text: string) => text.replaceAll(/ +$/gm, '');
const golden = readFileSync(join(__dirname, '../../../golden/discovery/api-resources.txt'), 'utf8');

const optional = servedKinds(parseRuntimeConfig('api/beta=true'), [], betaKinds);

/** The golden table is written from the registries of 1.33 (pkg/registry, each REST's ShortNames, Categories and verbs). */
describeWithOracle('what the real kubectl lists', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  test('are the resources of a 1.33 cluster with its metrics server', async () => {
    expect(trimmed((await server.kubectl(['api-resources', '-o', 'wide'])).stdout)).toBe(golden);
  });

  test('are its versions', async () => {
    expect((await server.kubectl(['api-versions'])).stdout.trim().split('\n')).toEqual([
      'admissionregistration.k8s.io/v1', 'apiextensions.k8s.io/v1', 'apiregistration.k8s.io/v1', 'apps/v1', 'authentication.k8s.io/v1', 'authorization.k8s.io/v1',
      'autoscaling/v1', 'autoscaling/v2', 'batch/v1', 'certificates.k8s.io/v1', 'coordination.k8s.io/v1', 'discovery.k8s.io/v1', 'events.k8s.io/v1',
      'flowcontrol.apiserver.k8s.io/v1', 'metrics.k8s.io/v1beta1', 'networking.k8s.io/v1', 'node.k8s.io/v1', 'policy/v1', 'rbac.authorization.k8s.io/v1',
      'scheduling.k8s.io/v1', 'storage.k8s.io/v1', 'v1',
    ]);
  });
});

describeWithOracle('beta APIs', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(optional);
  });
  afterAll(() => server.close());

  const apply = (object: object) => server.kubectl(['create', '-f', '-'], JSON.stringify(object));

  test('are listed beside the stable ones, which stay preferred', async () => {
    const listed = (await server.kubectl(['api-versions'])).stdout.split('\n').filter((line) => line.includes('beta'));
    expect(listed).toEqual([
      'admissionregistration.k8s.io/v1beta1', 'certificates.k8s.io/v1beta1', 'coordination.k8s.io/v1beta1', 'metrics.k8s.io/v1beta1',
      'networking.k8s.io/v1beta1', 'resource.k8s.io/v1beta1', 'resource.k8s.io/v1beta2', 'storage.k8s.io/v1beta1',
    ]);
    const rows = (await server.kubectl(['api-resources', '--no-headers'])).stdout.split('\n').filter((row) => row.includes('beta')).map((row) => row.split(/ +/).join(' '));
    expect(rows).toEqual([
      'clustertrustbundles certificates.k8s.io/v1beta1 false ClusterTrustBundle',
      'leasecandidates coordination.k8s.io/v1beta1 true LeaseCandidate',
      'nodes metrics.k8s.io/v1beta1 false NodeMetrics',
      'pods metrics.k8s.io/v1beta1 true PodMetrics',
      'deviceclasses resource.k8s.io/v1beta2 false DeviceClass',
      'resourceclaims resource.k8s.io/v1beta2 true ResourceClaim',
      'resourceclaimtemplates resource.k8s.io/v1beta2 true ResourceClaimTemplate',
      'resourceslices resource.k8s.io/v1beta2 false ResourceSlice',
      'volumeattributesclasses vac storage.k8s.io/v1beta1 false VolumeAttributesClass',
    ]);
  });

  test('keep a claim that both versions show in their form', async () => {
    const spec = { devices: { requests: [{ name: 'gpu', deviceClassName: 'big', allocationMode: 'ExactCount', count: 2 }] } };
    const created = await apply({ apiVersion: 'resource.k8s.io/v1beta1', kind: 'ResourceClaim', metadata: { name: 'claim' }, spec });
    expect(created).toMatchObject({ code: 0, stderr: 'Warning: ResourceClaim is stored, but this version of knarr does not act on it\n' });
    const read = async (version: string) => JSON.parse((await server.kubectl(['get', `resourceclaims.${version}.resource.k8s.io`, 'claim', '-o', 'json'])).stdout) as { spec: unknown };
    expect((await read('v1beta1')).spec).toMatchObject(spec);
    expect((await read('v1beta2')).spec).toMatchObject({ devices: { requests: [
      { name: 'gpu', exactly: { deviceClassName: 'big', allocationMode: 'ExactCount', count: 2 } },
    ] } });
    // The feature gate of alternatives is off.
    const alternatives = { devices: { requests: [{ name: 'any', firstAvailable: [{ name: 'a', deviceClassName: 'small' }] }] } };
    expect(await apply({ apiVersion: 'resource.k8s.io/v1beta2', kind: 'ResourceClaim', metadata: { name: 'other' }, spec: alternatives })).toMatchObject({ code: 1, stderr: expect.stringContaining('exactly one of `exactly` or `firstAvailable` is required') });
    expect((await server.kubectl(['get', 'resourceclaims', '--no-headers'])).stdout).toMatch(/^claim +pending +\d+s\n$/);
  });

  test('of stable kinds are other forms of one object', async () => {
    await apply({ apiVersion: 'networking.k8s.io/v1beta1', kind: 'ServiceCIDR', metadata: { name: 'more' }, spec: { cidrs: ['10.97.0.0/24'] } });
    expect((await server.kubectl(['get', 'servicecidrs.v1.networking.k8s.io', 'more', '-o', 'jsonpath={.apiVersion} {.spec.cidrs[0]}'])).stdout).toBe('networking.k8s.io/v1 10.97.0.0/24');
  });

  test('check what they store', async () => {
    const { stderr } = await apply({ apiVersion: 'storage.k8s.io/v1beta1', kind: 'VolumeAttributesClass', metadata: { name: 'a' }, driverName: 'd' });
    expect(stderr).toBe('The VolumeAttributesClass "a" is invalid: parameters: Required value: must contain at least one key/value pair\n');
    expect((await server.kubectl(['explain', 'resourceslices.spec.pool', '--api-version=resource.k8s.io/v1beta1'])).stdout).toContain('FIELD: pool <ResourcePool>');
  });
});

describe('--runtime-config', () => {
  const served = (text: string) => servedKinds(parseRuntimeConfig(text), kinds, betaKinds).map(({ group, version, plural }) => `${group}/${version}/${plural}`);
  const added = (text: string) => served(text).filter((name) => !served('').includes(name));
  const gone = (text: string) => served('').filter((name) => !served(text).includes(name));

  test.each<[string, string[]]>([
    ['', []],
    ['storage.k8s.io/v1beta1', ['storage.k8s.io/v1beta1/volumeattributesclasses']],
    ['api/beta=true,resource.k8s.io/v1beta1=false,resource.k8s.io/v1beta2=false,admissionregistration.k8s.io/v1beta1=false,networking.k8s.io/v1beta1=false', [
      'certificates.k8s.io/v1beta1/clustertrustbundles', 'coordination.k8s.io/v1beta1/leasecandidates', 'storage.k8s.io/v1beta1/volumeattributesclasses',
    ]],
    ['networking.k8s.io/v1beta1/ipaddresses=true', ['networking.k8s.io/v1beta1/ipaddresses']],
  ])('%s adds %j', (text, names) => expect(added(text)).toEqual(names));

  test('takes away, too', () => {
    expect(gone('policy/v1=false')).toEqual(['policy/v1/poddisruptionbudgets']);
    expect(gone('batch/v1/cronjobs=false')).toEqual(['batch/v1/cronjobs']);
  });

  test('leaves one version of a kind that loops look at', () => {
    const claims = servedKinds(parseRuntimeConfig('resource.k8s.io/v1beta1=true'), kinds, betaKinds).filter(({ plural }) => plural === 'resourceclaims');
    expect(claims.map(({ version, storedAs }) => [version, storedAs])).toEqual([['v1beta1', undefined]]);
  });

  test.each([
    ['api/beta=maybe', 'invalid value api/beta=maybe'],
    ['api/all=false', 'invalid key with only api/all=false'],
    ['nosuch/v1=true', 'unknown api groups nosuch'],
    ['apps/v9=true', 'group version apps/v9 that has not been registered'],
    ['v1=false', '--runtime-config v1=false: a cluster cannot do without it'],
    ['api/alpha=true', '--runtime-config api/alpha: this version of knarr has no alpha APIs'],
  ])('%s is refused', (text, message) => expect(() => served(text)).toThrow(message));
});
