import { parseRequest } from '../../../../src/cluster/apiserver/http/request-info';

const seen = (method: string, url: string) => {
  const { verb, resource } = parseRequest(method, url);
  return resource ? { verb, ...resource } : verb;
};

test.each([
  ['GET', '/api/v1/namespaces/default/pods', { verb: 'list', group: '', version: 'v1', namespace: 'default', resource: 'pods' }],
  ['GET', '/api/v1/namespaces/default/pods?watch=1', { verb: 'watch', group: '', version: 'v1', namespace: 'default', resource: 'pods' }],
  ['GET', '/api/v1/namespaces/default/pods?watch=false', { verb: 'list', group: '', version: 'v1', namespace: 'default', resource: 'pods' }],
  ['GET', '/api/v1/watch/pods', { verb: 'watch', group: '', version: 'v1', resource: 'pods' }],
  ['POST', '/api/v1/namespaces/default/pods', { verb: 'create', group: '', version: 'v1', namespace: 'default', resource: 'pods' }],
  ['GET', '/api/v1/pods', { verb: 'list', group: '', version: 'v1', resource: 'pods' }],
  ['GET', '/api/v1/namespaces', { verb: 'list', group: '', version: 'v1', resource: 'namespaces' }],
  ['DELETE', '/api/v1/namespaces/x', { verb: 'delete', group: '', version: 'v1', namespace: 'x', resource: 'namespaces', name: 'x' }],
  ['PUT', '/api/v1/namespaces/x/finalize', { verb: 'update', group: '', version: 'v1', namespace: 'x', resource: 'namespaces', name: 'x', subresource: 'finalize' }],
  ['PATCH', '/apis/apps/v1/namespaces/x/deployments/d/status', { verb: 'patch', group: 'apps', version: 'v1', namespace: 'x', resource: 'deployments', name: 'd', subresource: 'status' }],
  ['DELETE', '/apis/apps/v1/namespaces/x/deployments', { verb: 'deletecollection', group: 'apps', version: 'v1', namespace: 'x', resource: 'deployments' }],
  ['GET', '/api/v1/namespaces/x/services/http:s:80/proxy/a%20b/c', { verb: 'get', group: '', version: 'v1', namespace: 'x', resource: 'services', name: 'http:s:80', subresource: 'proxy', rest: 'a b/c' }],
  ['HEAD', '/api/v1/nodes/n', { verb: 'get', group: '', version: 'v1', resource: 'nodes', name: 'n' }],
  ['GET', '/api/v1', 'get'],
  ['GET', '/apis/apps/v1', 'get'],
  ['POST', '/healthz', 'post'],
])('%s %s', (method, url, expected) => {
  expect(seen(method, url)).toEqual(expected);
});
