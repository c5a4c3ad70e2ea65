import type { Unstructured } from '../../../src/api/meta';
import { startWebhookServer, type Script } from '../../cluster/apiserver/support/webhook-server';
import { anything, define, type Definition } from '../support/definitions';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-api-machinery] CustomResourceConversionWebhook [Privileged:ClusterAdmin] should be able to convert ${name}`;

interface Addressed extends Unstructured { hostPort?: string; host?: string; port?: string }

/** v1 has host and port in one text, v2 in two. */
function convertOne(object: Addressed, desired: string): Addressed {
  if (object.apiVersion === desired) return object;
  const { hostPort, host, port, ...rest } = object;
  if (desired.endsWith('/v2')) {
    const [first, second] = (hostPort ?? '').split(':');
    return { ...rest, apiVersion: desired, host: first, port: second };
  }
  return { ...rest, apiVersion: desired, hostPort: `${host}:${port}` };
}

const converts: Script = ({ review: { kind, apiVersion, request } }) => ({
  body: { kind, apiVersion, response: {
    uid: request.uid, result: { status: 'Success' },
    convertedObjects: (request.objects as Addressed[]).map((object) => convertOne(object, request.desiredAPIVersion as string)),
  } },
});

async function converted(t: RowContext): Promise<Definition> {
  const { port, caBundle, close } = await startWebhookServer(['localhost'], converts);
  t.cleanup(close);
  const webhook = { clientConfig: { url: `https://localhost:${port}/crdconvert`, caBundle }, conversionReviewVersions: ['v1', 'v1beta1'] };
  return define(t, { versions: { v1: anything, v2: anything }, namespaced: true, spec: { conversion: { strategy: 'Webhook', webhook } } });
}

row(label('from CR v1 to CR v2'), async (t) => {
  const { resources: [v1, v2] } = await converted(t);
  await t.api<Addressed>(v1!).create({ metadata: { name: 'one' }, hostPort: 'localhost:8080' });
  expect(await t.api<Addressed>(v2!).get('one')).toMatchObject({ apiVersion: 'example.com/v2', host: 'localhost', port: '8080' });
});

row(label('a non homogeneous list of CRs'), async (t) => {
  const { name, resources: [v1, v2] } = await converted(t);
  await t.api<Addressed>(v1!).create({ metadata: { name: 'one' }, hostPort: 'localhost:8080' });
  // From now on v2 is stored: the list in the store has both.
  await t.client.patch({ group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions', namespaced: false }, name, undefined, 'json', [
    { op: 'replace', path: '/spec/versions/0/storage', value: false }, { op: 'replace', path: '/spec/versions/1/storage', value: true },
  ]);
  await t.eventually(async () => (await t.api<Addressed>(v2!).create({ metadata: { name: t.unique('two') }, host: 'localhost', port: '9090' })).metadata.name);
  const { items: old } = await t.api<Addressed>(v1!).list();
  expect(old.map(({ hostPort }) => hostPort).sort()).toEqual(['localhost:8080', 'localhost:9090']);
  const { items: current } = await t.api<Addressed>(v2!).list();
  expect(current.map(({ host, port }) => [host, port]).sort()).toEqual([['localhost', '8080'], ['localhost', '9090']]);
});
