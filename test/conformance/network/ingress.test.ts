import { refusal } from '../support/api';
import { discovers } from '../support/discovery';
import { ingresses } from '../support/resources';
import { row } from '../support/row';

row('[sig-network] Ingress API should support creating Ingress API operations', async (t) => {
  const api = t.api(ingresses);
  const mine = { labelSelector: 'special=ingress' };
  const backend = { service: { name: 'default-backend', port: { name: 'http' } } };
  const pathType = 'Prefix' as const;
  const ingress = (name: string) => ({ metadata: { name, labels: { special: 'ingress' } }, spec: { ingressClassName: 'nobody', defaultBackend: backend, rules: [{ host: 'foo.bar.com', http: { paths: [{ path: '/', pathType, backend }] } }] } });
  await discovers(t, 'networking.k8s.io', 'v1', ['ingresses', 'ingresses/status']);
  for (const name of ['one', 'two', 'three']) await api.create(ingress(name));
  expect((await api.get('one')).spec!.rules![0]!.host).toBe('foo.bar.com');
  expect((await api.list(mine)).items).toHaveLength(3);
  expect((await t.api(ingresses, '').list(mine)).items.filter(({ metadata }) => metadata.namespace === t.namespace)).toHaveLength(3);
  const watch = await api.watch(mine);
  await api.patch('one', 'merge', { metadata: { annotations: { patched: 'true' } } });
  const updated = await api.change('one', (object) => {
    object.metadata.annotations = { ...object.metadata.annotations, updated: 'true' };
    object.spec!.rules = [{ host: 'host.example.com', http: { paths: [{ path: '/', pathType, backend }] } }];
  });
  expect([updated.metadata.annotations, updated.spec!.rules![0]!.host]).toEqual([{ patched: 'true', updated: 'true' }, 'host.example.com']);
  await watch.until(({ object }) => object.metadata.annotations?.updated === 'true');
  const patched = await api.patch('one', 'merge', { metadata: { annotations: { patchedstatus: 'true' } }, status: { loadBalancer: { ingress: [{ ip: '169.1.1.1' }] } } }, { subresource: 'status' });
  expect(patched.status!.loadBalancer!.ingress![0]!.ip).toBe('169.1.1.1');
  const written = await api.change('one', (object) => { object.status = { loadBalancer: { ingress: [{ ip: '169.1.1.2' }] } }; }, { subresource: 'status' });
  expect(written.status!.loadBalancer!.ingress![0]!.ip).toBe('169.1.1.2');
  expect((await api.get('one', 'status')).status).toEqual(written.status);
  await api.delete('one');
  expect(await refusal(api.get('one'))).toMatchObject({ reason: 'NotFound' });
  await api.deleteCollection(mine);
  expect((await api.list(mine)).items).toEqual([]);
});
