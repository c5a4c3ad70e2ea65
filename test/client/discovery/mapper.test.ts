import { fromCompact, parseCompact, toCompact, cacheTtlMs, discoveryCacheFile } from '../../../src/client/discovery/compact';
import { findCategory, findKind, findResource } from '../../../src/client/discovery';
import { snapshot } from '../../cli/snapshot';

test.each([
  ['pods', 'v1/pods'], ['pod', 'v1/pods'], ['po', 'v1/pods'], ['Pod', 'v1/pods'], ['PODS', 'v1/pods'], ['pods.v1.', 'v1/pods'],
  ['deployments.apps', 'apps/v1/deployments'], ['deploy.apps', 'apps/v1/deployments'], ['deployments.v1.apps', 'apps/v1/deployments'],
  ['deployments.app', 'apps/v1/deployments'], ['Deployment.apps', 'apps/v1/deployments'], ['Deployment.v1.apps', 'apps/v1/deployments'],
  ['events', 'v1/events'], ['ev', 'v1/events'], ['events.events.k8s.io', 'events.k8s.io/v1/events'], ['ev.events', 'events.k8s.io/v1/events'],
  ['crontabs', 'stable.example.com/v2/crontabs'], ['ct', 'stable.example.com/v2/crontabs'], ['CronTab', 'stable.example.com/v2/crontabs'],
  ['crontabs.v1.stable.example.com', 'stable.example.com/v1/crontabs'], ['crontabs.stable.example.com', 'stable.example.com/v2/crontabs'],
])('%s is %s', (argument, expected) => {
  const { group, version, plural } = findResource(snapshot, argument)!;
  expect([group, version, plural].filter(Boolean).join('/')).toBe(expected);
});

test.each(['foo', 'pods.apps', 'pods.v2.', 'deployments.v2.apps', ''])('%s is nothing', (argument) => {
  expect(findResource(snapshot, argument)).toBeUndefined();
});

test('a kind in its version, else in the preferred one', () => {
  expect(findKind(snapshot, 'stable.example.com', 'CronTab')?.version).toBe('v2');
  expect(findKind(snapshot, 'stable.example.com', 'CronTab', 'v1')?.version).toBe('v1');
  expect(findKind(snapshot, 'stable.example.com', 'CronTab', 'v3')).toBeUndefined();
});

test('a category names each resource once', () => {
  expect(findCategory(snapshot, 'all').map(({ plural }) => plural)).toEqual(['pods', 'deployments']);
  expect(findCategory(snapshot, 'pods')).toEqual([]);
});

test('the cache file holds all of it, for its server and for its time', () => {
  const text = JSON.stringify(toCompact(snapshot, 'https://a', 1000));
  expect(fromCompact(parseCompact(text, 'https://a', 1000 + cacheTtlMs - 1)!)).toEqual(snapshot);
  expect(parseCompact(text, 'https://a', 1000 + cacheTtlMs)).toBeUndefined();
  expect(parseCompact(text, 'https://b', 1000)).toBeUndefined();
  expect(parseCompact(text.slice(0, -5), 'https://a', 1000)).toBeUndefined();
  expect(discoveryCacheFile('/c', 'https://127.0.0.1:6443/x')).toBe('/c/knarr/127.0.0.1_6443_x.json');
});
