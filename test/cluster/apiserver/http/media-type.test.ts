import { bodyFormat, negotiate, negotiateStream, offerOf, plainOffer } from '../../../../src/cluster/apiserver/http/media-type';
import { failure } from '../support/registry';

const pods = offerOf({ schema: 'io.k8s.api.core.v1.Pod' });
const custom = offerOf({ schema: 'com.example.farm.v1.Feeder' });

const kubectlGet = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

test.each([
  [undefined, 'json', undefined],
  ['*/*', 'json', undefined],
  [kubectlGet, 'json', 'Table'],
  ['application/vnd.kubernetes.protobuf,application/json', 'protobuf', undefined],
  ['application/json;q=0.5, application/yaml', 'yaml', undefined],
  ['text/html, application/json', 'json', undefined],
  ['application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1', 'json', 'PartialObjectMetadataList'],
  ['application/json;as=Table;v=v9;g=meta.k8s.io,application/json', 'json', undefined],
  ['application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io,application/json', 'json', undefined],
])('Accept: %s', (header, format, as) => {
  const negotiated = negotiate(header, pods);
  expect([negotiated.format, negotiated.as]).toEqual([format, as]);
});

test('what is only answered has no table', async () => {
  const reviews = offerOf({ schema: 'io.k8s.api.core.v1.Pod', verbs: ['create'] });
  expect(await failure(() => negotiate('application/json;as=Table;v=v1;g=meta.k8s.io', reviews))).toMatch(/^406 NotAcceptable/);
  expect(negotiate('application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io', reviews)).toMatchObject({ as: 'PartialObjectMetadata' });
});

test('custom resources have no protobuf form, their metadata do', async () => {
  const protobuf = 'application/vnd.kubernetes.protobuf';
  expect(negotiate(`${protobuf},application/json`, custom)).toMatchObject({ format: 'json' });
  expect(negotiate(`${protobuf};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`, custom)).toMatchObject({ format: 'protobuf', as: 'PartialObjectMetadata' });
  expect(await failure(() => negotiate(protobuf, custom))).toMatch(/^406 NotAcceptable/);
  expect(await failure(() => negotiateStream(`${protobuf};stream=watch`, custom))).toMatch(/^406 NotAcceptable/);
});

test('what cannot be had is refused with what can', async () => {
  expect(await failure(() => negotiate('text/html', pods)))
    .toBe('406 NotAcceptable: only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf');
  expect(await failure(() => negotiateStream('application/yaml', pods)))
    .toBe('406 NotAcceptable: only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch');
  expect(negotiateStream('application/yaml;q=0.1,application/json', pods)).toMatchObject({ format: 'json' });
  expect(negotiate(kubectlGet, plainOffer)).toMatchObject({ format: 'json' });
  expect(await failure(() => bodyFormat('text/plain')))
    .toBe('415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf');
  expect([bodyFormat(undefined), bodyFormat('application/yaml; charset=utf-8')]).toEqual(['json', 'yaml']);
});
