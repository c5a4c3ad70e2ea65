import { refusal } from '../support/api';
import { discovers } from '../support/discovery';
import { ingressClasses } from '../support/resources';
import { row } from '../support/row';

row('[sig-network] IngressClass API should support creating IngressClass API operations', async (t) => {
  const api = t.api(ingressClasses);
  const mine = { labelSelector: `special=${t.namespace}` };
  const names = [1, 2, 3].map((number) => `${t.namespace}-${number}`);
  t.cleanup(() => api.deleteCollection(mine));
  await discovers(t, 'networking.k8s.io', 'v1', ['ingressclasses']);
  for (const name of names) await api.create({ metadata: { name, labels: { special: t.namespace } }, spec: { controller: 'example.com/controller' } });
  expect((await api.get(names[0]!)).spec!.controller).toBe('example.com/controller');
  expect((await api.list(mine)).items).toHaveLength(3);
  const watch = await api.watch(mine);
  await api.patch(names[0]!, 'merge', { metadata: { annotations: { patched: 'true' } } });
  expect((await api.change(names[0]!, ({ metadata }) => { metadata.annotations = { ...metadata.annotations, updated: 'true' }; })).metadata.annotations).toEqual({ patched: 'true', updated: 'true' });
  await watch.until(({ type, object }) => type === 'MODIFIED' && object.metadata.annotations?.updated === 'true');
  await api.delete(names[0]!);
  expect(await refusal(api.get(names[0]!))).toMatchObject({ reason: 'NotFound' });
  await api.deleteCollection(mine);
  expect((await api.list(mine)).items).toEqual([]);
});
