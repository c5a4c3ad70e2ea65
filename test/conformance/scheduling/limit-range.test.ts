import { refusal } from '../support/api';
import { images } from '../support/pods';
import { limitRanges, pods } from '../support/resources';
import { row } from '../support/row';

type Amounts = Record<string, string>;

const label = (name: string) => `[sig-scheduling] LimitRange should ${name}`;
const amounts = (cpu: string, memory: string, storage: string): Amounts => ({ cpu, memory, 'ephemeral-storage': storage });

const limits = {
  type: 'Container', min: amounts('50m', '100Mi', '100Gi'), max: amounts('500m', '500Mi', '500Gi'),
  default: amounts('500m', '500Mi', '500Gi'), defaultRequest: amounts('100m', '200Mi', '200Gi'),
};
const formerMin = amounts('10m', '50Mi', '50Gi');
const tooMuch = amounts('600m', '600Mi', '600Gi');
const newMin = amounts('9m', '49Mi', '49Gi');

const pod = (name: string, requests: Amounts = {}, of: Amounts = {}) => ({ metadata: { name }, spec: { containers: [{ name: 'pause', image: images.busybox, resources: { requests, limits: of } }] } });

row(label('create a LimitRange with defaults and ensure pod has those defaults applied.'), async (t) => {
  const api = t.api(limitRanges);
  const time = t.unique('time');
  const labelSelector = `time=${time}`;
  expect((await api.list({ labelSelector })).items).toEqual([]);
  const watching = await api.watch({ labelSelector });
  const made = await api.create({ metadata: { name: 'limit-range', labels: { time } }, spec: { limits: [limits] } });
  expect((await watching.next()).type).toBe('ADDED');
  expect((await api.get('limit-range')).spec?.limits[0]).toMatchObject({ defaultRequest: limits.defaultRequest, default: limits.default });

  const resourcesOf = async (name: string) => (await t.api(pods).get(name)).spec.containers[0]!.resources;
  await t.api(pods).create(pod('pod-no-resources'));
  expect(await resourcesOf('pod-no-resources')).toEqual({ requests: limits.defaultRequest, limits: limits.default });
  // A limit without a request is the request: what the range would give comes too late.
  await t.api(pods).create(pod('pod-partial-resources', { memory: '150Mi', 'ephemeral-storage': '150Gi' }, { cpu: '300m' }));
  expect(await resourcesOf('pod-partial-resources')).toEqual({ requests: amounts('300m', '150Mi', '150Gi'), limits: amounts('300m', '500Mi', '500Gi') });

  expect(await refusal(t.api(pods).create(pod('pod', formerMin)))).toMatchObject({ code: 403 });
  expect(await refusal(t.api(pods).create(pod('pod', tooMuch)))).toMatchObject({ reason: expect.stringMatching(/^(Forbidden|Invalid)$/) as string });
  made.spec!.limits[0]!.min = newMin;
  await api.update(made);
  expect((await api.get('limit-range')).spec?.limits[0]?.min).toEqual(newMin);
  await t.api(pods).create(pod('pod', formerMin));
  expect(await refusal(t.api(pods).create(pod('pod-2', tooMuch)))).toMatchObject({ reason: expect.stringMatching(/^(Forbidden|Invalid)$/) as string });

  await api.delete('limit-range', { gracePeriodSeconds: 30 });
  await t.eventually(async () => (await api.list()).items.length === 0);
  await t.api(pods).create(pod('pod-2', tooMuch));
});

row(label('list, patch and delete a LimitRange by collection'), async (t) => {
  const name = t.unique('e2e-limitrange');
  const metadata = () => ({ name, labels: { 'e2e-test': name, [name]: 'created' } });
  const other = await t.makeNamespace();
  await t.api(limitRanges).create({ metadata: metadata(), spec: { limits: [limits] } });
  await t.api(limitRanges, other).create({ metadata: metadata(), spec: { limits: [limits] } });
  const everywhere = async (labelSelector: string) => (await t.api(limitRanges, '').list({ labelSelector })).items.length;
  expect(await everywhere(`e2e-test=${name}`)).toBe(2);
  const patched = await t.api(limitRanges).patch(name, 'strategic', { metadata: { labels: { [name]: 'patched' } }, spec: { limits: [{ ...limits, min: newMin }] } });
  expect(patched.metadata.labels?.[name]).toBe('patched');
  expect(patched.spec?.limits[0]?.min).toEqual(newMin);
  await t.api(limitRanges).deleteCollection({ labelSelector: `${name}=patched` });
  await t.eventually(async () => (await t.api(limitRanges).list({ labelSelector: `${name}=patched` })).items.length === 0, 10_000);
  expect(await everywhere(`e2e-test=${name}`)).toBe(1);
});
