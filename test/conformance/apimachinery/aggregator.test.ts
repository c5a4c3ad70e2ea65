import { networkInterfaces } from 'node:os';
import { refusal } from '../support/api';
import { sampleGroup, sampleVersion, startSampleApiServer } from '../../support/sample-api-server';
import { apiServices, configMaps, endpoints, namespaces, of, services } from '../support/resources';
import { row } from '../support/row';

const flunders = of(`${sampleGroup}/${sampleVersion}`, 'Flunder', 'flunders');
const name = `${sampleVersion}.${sampleGroup}`;

/** Endpoints may not be on loopback. */
const ownAddress = () => Object.values(networkInterfaces()).flat().find((found) => found && !found.internal && found.family === 'IPv4')!.address;

row('[sig-api-machinery] Aggregator Should be able to support the 1.17 Sample API Server using the current Aggregator', async (t) => {
  const { data } = await t.api(configMaps, 'kube-system').get('extension-apiserver-authentication');
  const host = ownAddress();
  const sample = await startSampleApiServer({ frontProxyCa: data!['requestheader-client-ca-file']!, dnsNames: [`sample-api.${t.namespace}.svc`], host });
  t.cleanup(() => sample.close());
  await t.api(services).create({ metadata: { name: 'sample-api' }, spec: { ports: [{ port: 7443, targetPort: sample.port }] } });
  await t.api(endpoints).create({ metadata: { name: 'sample-api' }, subsets: [{ addresses: [{ ip: host }], ports: [{ port: sample.port }] }] });
  t.cleanup(() => t.api(apiServices).delete(name));
  await t.api(apiServices).create({ metadata: { name }, spec: {
    group: sampleGroup, version: sampleVersion, groupPriorityMinimum: 2000, versionPriority: 200, caBundle: sample.caBundle,
    service: { namespace: t.namespace, name: 'sample-api', port: 7443 },
  } });
  await t.eventually(async () => JSON.stringify((await t.api(apiServices).get(name)) as unknown).includes('"Passed"'), 120_000);
  const api = t.api(flunders);
  expect((await api.list()).items).toEqual([]);
  await api.create({ metadata: { name: 'one' } });
  expect((await api.list()).items.map(({ metadata }) => metadata.name)).toEqual(['one']);
  expect(await t.kubectl(['get', 'flunders', '-o', 'name'])).toBe(`flunder.${sampleGroup}/one\n`);
  await api.delete('one');
  expect((await api.list()).items).toEqual([]);
  await api.create({ metadata: { name: 'two' } });
  await api.deleteCollection();
  expect((await api.list()).items).toEqual([]);
  // What is in a namespace goes with it, whoever serves it.
  const leaving = await t.makeNamespace();
  const there = t.api(flunders, leaving);
  await there.create({ metadata: { name: 'three' } });
  await t.api(namespaces).delete(leaving);
  await t.eventually(async () => !(await t.api(namespaces).find(leaving)));
  expect((await there.list()).items).toEqual([]);
  const { status } = (await t.api(apiServices).get(name, 'status')) as unknown as { status: { conditions: { type: string; status: string }[] } };
  expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Available', status: 'True' }));
  await t.api(apiServices).patch(name, 'merge', { metadata: { labels: { row: 'patched' } } });
  expect((await t.api(apiServices).list({ labelSelector: 'row=patched' })).items).toHaveLength(1);
  await t.api(apiServices).deleteCollection({ labelSelector: 'row=patched' });
  await t.eventually(async () => (await refusal(api.list())).code === 404);
});
