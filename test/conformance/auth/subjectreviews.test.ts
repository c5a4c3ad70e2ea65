import type { LocalSubjectAccessReview, SubjectAccessReview } from '../../../src/api/generated/authorization.v1';
import { configMaps, of, serviceAccounts } from '../support/resources';
import { row, type RowContext } from '../support/row';

const reviews = of<SubjectAccessReview>('authorization.k8s.io/v1', 'SubjectAccessReview', 'subjectaccessreviews', false);
const localReviews = of<LocalSubjectAccessReview>('authorization.k8s.io/v1', 'LocalSubjectAccessReview', 'localsubjectaccessreviews');

/** What the two reviews say of listing config maps, and what happens when this account does it. */
async function answers(t: RowContext, user: string, uid: string) {
  const groups = ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${t.namespace}`];
  const spec = { resourceAttributes: { verb: 'list', resource: 'configmaps', namespace: t.namespace, version: 'v1' }, user, groups, uid };
  const impersonated = t.as({ impersonate: { user, groups, uid } });
  const listed = await impersonated.list(configMaps, { namespace: t.namespace }).then(() => true, (error: { reason: string }) => {
    expect(error.reason).toBe('Forbidden');
    return false;
  });
  const review = await t.api(reviews).create({ metadata: {}, spec });
  const local = await t.api(localReviews).create({ metadata: {}, spec });
  return { listed, review: review.status!.allowed, local: local.status!.allowed };
}

row('[sig-auth] SubjectReview should support SubjectReview API operations', async (t) => {
  const account = await t.api(serviceAccounts).create({ metadata: { name: 'e2e' } });
  const user = `system:serviceaccount:${t.namespace}:e2e`;
  expect(await answers(t, user, account.metadata.uid!)).toEqual({ listed: false, review: false, local: false });
  await t.kubectl(['create', 'role', 'reader', '--verb=list', '--resource=configmaps']);
  await t.kubectl(['create', 'rolebinding', 'reader', '--role=reader', `--serviceaccount=${t.namespace}:e2e`]);
  await t.eventually(async () => {
    expect(await answers(t, user, account.metadata.uid!)).toEqual({ listed: true, review: true, local: true });
    return true;
  });
});
