import { requestedResource } from '../../../src/client/http/status';

it.each([
  ['/api/v1/namespaces/default/pods/web', 'pods web'],
  ['/api/v1/namespaces/default/pods/web/log?container=a', 'pods web'],
  ['/api/v1/namespaces/default/pods', 'pods'],
  ['/api/v1/namespaces/default', 'namespaces default'],
  ['/apis/apps/v1/deployments', 'deployments.apps'],
  ['/api/namespaces/default/pods/a', 'pods a'],
  ['/api/v1', ''], ['/apis', ''], ['/apis/apps', ''], ['/apis/apps/v1', ''], ['/version', ''], ['/openapi/v3', ''],
])('%s asks for %j', (path, expected) => {
  expect(requestedResource(path)).toBe(expected);
});
