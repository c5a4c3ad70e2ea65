import { refusal } from '../support/api';
import { certificateRequest, selfSigned } from '../support/certificates';
import { discovers } from '../support/discovery';
import { certificateSigningRequests } from '../support/resources';
import { row } from '../support/row';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const condition = (type: string) => ({ type, status: 'True', reason: 'E2E', message: 'Set by a row' });

row('[sig-auth] Certificates API [Privileged:ClusterAdmin] should support CSR API operations', async (t) => {
  const api = t.api(certificateSigningRequests);
  const signerName = `example.com/${t.namespace}`;
  const mine = { fieldSelector: `spec.signerName=${signerName}` };
  t.cleanup(() => api.deleteCollection(mine));
  await discovers(t, 'certificates.k8s.io', 'v1', ['certificatesigningrequests', 'certificatesigningrequests/approval', 'certificatesigningrequests/status']);

  const request = base64(certificateRequest('/CN=e2e.example.com', 'e2e.example.com').request);
  const create = () => api.create({
    metadata: { generateName: 'e2e-example-csr-' },
    spec: { request, signerName, expirationSeconds: 3600, usages: ['digital signature', 'key encipherment', 'server auth'] },
  });
  await create();
  await create();
  const created = await create();
  const name = created.metadata.name;
  expect(await api.get(name)).toMatchObject({ metadata: { uid: created.metadata.uid }, spec: { expirationSeconds: 3600 } });
  const list = await api.list(mine);
  expect(list.items).toHaveLength(3);

  const watch = await api.watch({ resourceVersion: list.metadata.resourceVersion!, fieldSelector: `metadata.name=${name}` });
  const patched = await api.patch(name, 'merge', { metadata: { annotations: { patched: 'true' } } });
  expect(patched.metadata.annotations).toEqual({ patched: 'true' });
  const updated = await api.update({ ...patched, metadata: { ...patched.metadata, annotations: { patched: 'true', updated: 'true' } } });
  expect(updated.metadata.annotations).toEqual({ patched: 'true', updated: 'true' });
  for (const annotation of ['patched', 'updated']) {
    const { type, object } = await watch.next();
    expect([type, object.metadata.annotations?.[annotation]]).toEqual(['MODIFIED', 'true']);
  }

  const approval = await api.get(name, 'approval');
  expect(approval).toMatchObject({ apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { uid: created.metadata.uid } });
  const patchedApproval = await api.patch(name, 'merge', {
    metadata: { annotations: { patchedapproval: 'true' } }, status: { conditions: [{ type: 'ApprovalPatch', status: 'True', reason: 'e2e' }] },
  }, { subresource: 'approval' });
  expect(patchedApproval.status!.conditions!.map(({ type }) => type)).toEqual(['ApprovalPatch']);
  expect(patchedApproval.metadata.annotations).toMatchObject({ patchedapproval: 'true' });
  const approved = { ...patchedApproval, status: { ...patchedApproval.status, conditions: [...patchedApproval.status!.conditions!, condition('Approved')] } };
  expect((await api.update(approved, { subresource: 'approval' })).status!.conditions!.map(({ type }) => type)).toEqual(['ApprovalPatch', 'Approved']);

  expect(await api.get(name, 'status')).toMatchObject({ kind: 'CertificateSigningRequest', metadata: { uid: created.metadata.uid } });
  const certificate = base64(selfSigned('/CN=e2e.example.com', 'e2e.example.com').cert);
  const patchedStatus = await api.patch(name, 'merge', { metadata: { annotations: { patchedstatus: 'true' } }, status: { certificate } }, { subresource: 'status' });
  expect(patchedStatus).toMatchObject({ metadata: { annotations: { patchedstatus: 'true' } }, status: { certificate } });
  const withStatus = { ...patchedStatus, status: { ...patchedStatus.status, conditions: [...patchedStatus.status!.conditions!, condition('StatusUpdate')] } };
  expect((await api.update(withStatus, { subresource: 'status' })).status!.conditions!.map(({ type }) => type)).toEqual(['ApprovalPatch', 'Approved', 'StatusUpdate']);

  await api.delete(name);
  expect(await refusal(api.get(name))).toMatchObject({ code: 404, reason: 'NotFound' });
  expect((await api.list(mine)).items).toHaveLength(2);
  await api.deleteCollection(mine);
  expect((await api.list(mine)).items).toEqual([]);
});
