import { bodyFormat, negotiate, negotiateStream, transformsOf } from '../../../../src/cluster/apiserver/http/media-type';
import { failure } from '../support/registry';

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
  const negotiated = negotiate(header, transformsOf({}));
  expect([negotiated.format, negotiated.as]).toEqual([format, as]);
});

test('what is only answered has no table', async () => {
  const reviews = transformsOf({ verbs: ['create'] });
  expect(await failure(() => negotiate('application/json;as=Table;v=v1;g=meta.k8s.io', reviews))).toMatch(/^406 NotAcceptable/);
  expect(negotiate('application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io', reviews)).toMatchObject({ as: 'PartialObjectMetadata' });
});

test('what cannot be had is refused with what can', async () => {
  expect(await failure(() => negotiate('text/html', transformsOf({}))))
    .toBe('406 NotAcceptable: only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf');
  expect(await failure(() => negotiateStream('application/yaml', transformsOf({}))))
    .toBe('406 NotAcceptable: only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch');
  expect(negotiateStream('application/yaml;q=0.1,application/json', transformsOf({}))).toMatchObject({ format: 'json' });
  expect(negotiate(kubectlGet, [])).toMatchObject({ format: 'json' });
  expect(await failure(() => bodyFormat('text/plain')))
    .toBe('415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf');
  expect([bodyFormat(undefined), bodyFormat('application/yaml; charset=utf-8')]).toEqual(['json', 'yaml']);
});
