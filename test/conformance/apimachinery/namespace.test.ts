import { refusal } from '../support/api';
import { podOf, podRunning, shell, untilTold } from '../support/pods';
import { namespaces, pods, serviceAccounts, services } from '../support/resources';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-api-machinery] Namespaces [Serial] should ${name}`;

/** Deletes a namespace with what is in it and makes it anew; upstream's patience is a minute and the pod's grace. */
async function recreate(t: RowContext, name: string): Promise<void> {
  await t.api(namespaces).delete(name);
  await t.eventually(async () => !(await t.api(namespaces).find(name)), 61_000);
  await t.api(namespaces).create({ metadata: { name } });
  await t.eventually(() => t.api(serviceAccounts, name).find('default'));
}

row(label('ensure that all pods are removed when a namespace is deleted'), async (t) => {
  const name = await t.makeNamespace();
  await t.api(pods, name).create(podOf('pod', [shell('main', untilTold)]));
  await podRunning(t, 'pod', name);
  await recreate(t, name);
  expect(await refusal(t.api(pods, name).get('pod'))).toMatchObject({ reason: 'NotFound' });
});

row(label('ensure that all services are removed when a namespace is deleted'), async (t) => {
  const name = await t.makeNamespace();
  await t.api(services, name).create({ metadata: { name: 'service' }, spec: { selector: { foo: 'bar', baz: 'blah' }, ports: [{ port: 80, targetPort: 80 }] } });
  await recreate(t, name);
  expect(await refusal(t.api(services, name).get('service'))).toMatchObject({ reason: 'NotFound' });
});

row(label('patch a Namespace'), async (t) => {
  await t.api(namespaces).patch(t.namespace, 'strategic', { metadata: { labels: { testLabel: 'testValue' } } });
  expect((await t.api(namespaces).get(t.namespace)).metadata.labels).toMatchObject({ testLabel: 'testValue', 'kubernetes.io/metadata.name': t.namespace });
});

row(label('apply changes to a namespace status'), async (t) => {
  const api = t.api(namespaces);
  expect((await api.get(t.namespace, 'status')).status?.phase).toBe('Active');
  const condition = { type: 'StatusPatch', status: 'True', reason: 'E2E', message: 'Patched by a row' };
  const patched = await api.patch(t.namespace, 'merge', { metadata: { annotations: { patched: t.namespace } }, status: { conditions: [condition] } }, { subresource: 'status' });
  expect(patched.metadata.annotations).toMatchObject({ patched: t.namespace });
  expect(patched.status?.conditions?.at(-1)).toMatchObject(condition);
  const another = { type: 'StatusUpdate', status: 'True', reason: 'E2E', message: 'Updated by a row' };
  const updated = await api.change(t.namespace, (object) => {
    object.status!.conditions = [...object.status!.conditions ?? [], another];
  }, { subresource: 'status' });
  expect(updated.status?.conditions).toHaveLength(2);
  expect(updated.status?.conditions?.at(-1)).toMatchObject(another);
});

row(label('apply an update to a Namespace'), async (t) => {
  const updated = await t.api(namespaces).change(t.namespace, (object) => { object.metadata.labels![t.namespace] = 'updated'; });
  expect(updated.metadata.labels).toMatchObject({ [t.namespace]: 'updated' });
});

row(label('apply a finalizer to a Namespace'), async (t) => {
  const finalizer = 'e2e.example.com/fakeFinalizer';
  const name = await t.makeNamespace();
  const finalize = (change: (finalizers: string[]) => string[]) => t.api(namespaces).change(name, (object) => {
    object.spec = { finalizers: change(object.spec?.finalizers ?? []) };
  }, { subresource: 'finalize' });
  expect((await finalize((finalizers) => [...finalizers, finalizer])).spec?.finalizers).toEqual(['kubernetes', finalizer]);
  expect((await finalize((finalizers) => finalizers.filter((each) => each !== finalizer))).spec?.finalizers).toEqual(['kubernetes']);
});
