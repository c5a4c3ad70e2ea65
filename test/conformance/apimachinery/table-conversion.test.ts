import { refusal } from '../support/api';
import { row } from '../support/row';

row('[sig-api-machinery] Servers with support for Table transformation should return a 406 for a backend which does not implement metadata', async (t) => {
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', metadata: {}, spec: { nonResourceAttributes: { path: '/', verb: 'get' } } };
  const asked = t.client.request({
    method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', accept: 'application/json;as=Table;v=v1;g=meta.k8s.io', body: review,
  });
  expect(await refusal(asked)).toMatchObject({ code: 406, reason: 'NotAcceptable' });
});
