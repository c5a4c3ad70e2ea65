import { fetchDiscovery } from '../../../src/client/discovery';
import { testSession } from '../../cli/session';

const pods = { resource: 'pods', responseKind: { group: '', version: '', kind: 'Pod' }, scope: 'Namespaced', singularResource: 'pod', verbs: ['get'], shortNames: ['po'], subresources: [{ subresource: 'log' }] };
const expected = {
  groups: [{ name: '', versions: ['v1'] }, { name: 'apps', versions: ['v1', 'v1beta1'] }],
  resources: [
    { group: '', version: 'v1', plural: 'pods', singular: 'pod', kind: 'Pod', namespaced: true, shortNames: ['po'], categories: [], verbs: ['get'], subresources: ['log'] },
    { group: 'apps', version: 'v1', plural: 'deployments', singular: 'deployment', kind: 'Deployment', namespaced: true, shortNames: [], categories: ['all'], verbs: ['get'], subresources: [] },
  ],
};

test('aggregated: two requests', async () => {
  const session = testSession({ routes: {
    'GET /api': { kind: 'APIGroupDiscoveryList', items: [{ versions: [{ version: 'v1', resources: [pods] }] }] },
    'GET /apis': { kind: 'APIGroupDiscoveryList', items: [{ metadata: { name: 'apps' }, versions: [
      { version: 'v1', resources: [{ resource: 'deployments', responseKind: { kind: 'Deployment' }, scope: 'Namespaced', singularResource: 'deployment', verbs: ['get'], categories: ['all'] }] },
      { version: 'v1beta1' },
    ] }] },
  } });
  expect(await fetchDiscovery(await session.client())).toEqual(expected);
  expect(session.requests).toHaveLength(2);
});

test('legacy: one request per version, the preferred one first, a broken group skipped', async () => {
  const session = testSession({ routes: {
    'GET /api': { kind: 'APIVersions', versions: ['v1'] },
    'GET /apis': { kind: 'APIGroupList', groups: [{ name: 'apps', versions: [{ version: 'v1beta1' }, { version: 'v1' }], preferredVersion: { version: 'v1' } }] },
    'GET /api/v1': { groupVersion: 'v1', resources: [
      { name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: ['get'], shortNames: ['po'] }, { name: 'pods/log', singularName: '', namespaced: true, kind: 'Pod', verbs: ['get'] }] },
    'GET /apis/apps/v1': { groupVersion: 'apps/v1', resources: [{ name: 'deployments', singularName: 'deployment', namespaced: true, kind: 'Deployment', verbs: ['get'], categories: ['all'] }] },
    'GET /apis/apps/v1beta1': { status: 503, body: 'unavailable' },
  } });
  expect(await fetchDiscovery(await session.client())).toEqual(expected);
});

test.each<[string, Record<string, unknown>]>([
  ['aggregated', { 'GET /apis': { kind: 'APIGroupDiscoveryList', items: [{ metadata: { name: 'metrics.k8s.io' }, versions: [{ version: 'v1beta1', resources: [{ resource: 'nodes', responseKind: { kind: 'NodeMetrics' }, scope: 'Cluster', singularResource: '', verbs: ['get'] }] }] }] } }],
  ['legacy', {
    'GET /apis': { kind: 'APIGroupList', groups: [{ name: 'metrics.k8s.io', versions: [{ version: 'v1beta1' }] }] },
    'GET /apis/metrics.k8s.io/v1beta1': { groupVersion: 'metrics.k8s.io/v1beta1', resources: [{ name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get'] }] },
  }],
])('a singular that a server does not tell is the kind in small letters: %s', async (_, routes) => {
  const session = testSession({ routes: { 'GET /api': { status: 404, body: '' }, ...routes } });
  expect((await fetchDiscovery(await session.client())).resources.map(({ singular }) => singular)).toEqual(['nodemetrics']);
});
