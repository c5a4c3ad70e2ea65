import fc, { type Arbitrary } from 'fast-check';
import { samples, type Sample } from './objects';

export interface FuzzRequest {
  readonly bytes: Buffer;
  /** It is malformed however one reads it: only a 4xx will do. The others may as well turn out to be fine. */
  readonly isWrong: boolean;
  /** Needs a connection of its own. */
  readonly alone: boolean;
}

interface Parts {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

const configMaps = '/api/v1/namespaces/default/configmaps';
const json = 'application/json';
const protobuf = 'application/vnd.kubernetes.protobuf';

function written({ method, path, headers, body }: Parts): Buffer {
  const content = body === undefined ? Buffer.alloc(0) : Buffer.from(body);
  const all = { host: 'x', ...(body !== undefined && { 'content-length': String(content.length) }), ...headers };
  const head = [`${method} ${path} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), content]);
}

const request = (parts: Parts, isWrong: boolean): FuzzRequest => ({ bytes: written(parts), isWrong, alone: false });
const creation = ({ path }: Sample, type: string, body: string | Buffer, isWrong: boolean): FuzzRequest =>
  request({ method: 'POST', path: `${path}?dryRun=All&fieldValidation=Strict`, headers: { 'content-type': type }, body }, isWrong);

const sample = fc.constantFrom(...samples);
const textOf = ({ object }: Sample) => JSON.stringify(object);
/** Characters that mean something to somebody on the way. */
const nasty = fc.string({ unit: fc.constantFrom(...'{}[]":,\\/%&?=#!*~^|<>()@$.;\'` \t\n\0é😀\ud800aA0-_+'.split('')), maxLength: 40 });
const printable = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), minLength: 1, maxLength: 60 });

const cut = fc.tuple(sample, fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom(json, 'application/yaml')).map(([of, share, type]) => {
  const text = textOf(of);
  return creation(of, type, text.slice(0, 1 + Math.floor(share * (text.length - 1))), true);
});

const flipped = fc.tuple(sample, fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { minLength: 1, maxLength: 6 }), fc.constantFrom(json, 'application/yaml', protobuf)).map(([of, flips, type]) => {
  const bytes = Buffer.from(textOf(of));
  for (const [at, value] of flips) bytes[at % bytes.length] = value;
  return creation(of, type, bytes, type === protobuf);
});

/** Any value in the place of any other. */
const misplaced = fc.tuple(sample, fc.nat(), fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(1e308, -1, 2 ** 53, '', null, [], {}, [null], [[]], { '': null }, '\0', 'x'.repeat(5000)))).map(([of, at, value]) => {
  const object = structuredClone(of.object);
  const places = placesIn(object);
  const [holder, key] = places[at % places.length]!;
  holder[key] = value;
  return creation(of, json, JSON.stringify(object), false);
});

type Holder = Record<string, unknown>;

function placesIn(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key): [Holder, string][] => [[holder, key], ...placesIn(holder[key])]);
}

const unknownField = fc.tuple(sample, nasty).map(([of, text]) => creation(of, json, JSON.stringify({ ...of.object, [`no${text}`]: text }), true));

const odd = fc.constantFrom<[type: string, body: string | Buffer]>(
  [json, ''], [json, 'null'], [json, 'true'], [json, '[]'], [json, '"text"'], [json, '1'], [json, 'NaN'], [json, '{"a":1e99999'], [json, '{"kind":1}'], [json, '{"metadata":[]}'], [json, '{"metadata":{"labels":[]}}'],
  [json, '\ufeff{'], [json, '{"metadata":{"name":"\\ud800"}}'], [json, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['application/yaml', 'a: b: c'], ['application/yaml', '\t- a'], ['application/yaml', '*nobody'], ['application/yaml', '&a [*a, *a]'], ['application/yaml', '!!binary x'], ['application/yaml', '%YAML 9.9\n---\n{'],
  ['application/yaml', '? ? ? ?'], ['application/yaml', '- - - -'], ['application/yaml', '|'], ['application/yaml', '"\\'], ['application/yaml', '<<: *x'],
  ['text/html', '<html>'], ['', '{}'], ['application/json; charset=utf-7', '+AHs-'], ['multipart/form-data; boundary=x', '--x--'], ['/', '{}'], [';;;', '{}'],
).map(([type, body]) => creation(samples[0]!, type, body, true));

const garbage = fc.tuple(sample, fc.constantFrom(json, 'application/yaml', protobuf, 'application/cbor'), fc.uint8Array({ maxLength: 400 })).map(([of, type, bytes]) => creation(of, type, Buffer.from(bytes), type !== 'application/yaml'));

const message = (bytes: Uint8Array) => Buffer.concat([Buffer.from('k8s\0'), bytes]);
/** A field of bytes that says it is longer than it is, or holds itself. */
const wire = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.integer({ min: 1, max: 1000 }).map((depth) => Buffer.concat(Array.from({ length: depth }, (_, at) => Buffer.from([0x12, Math.min(127, 2 * (depth - at))])))),
  fc.constantFrom([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], [0x80], [0x0b], [0x07], [0x12, 0x04, 0x0a, 0x02, 0x0a, 0x7f]).map((bytes) => Uint8Array.from(bytes)),
);
const badMessage = fc.tuple(sample, wire).map(([of, bytes]) => creation(of, protobuf, message(bytes), false));

const pointer = fc.oneof(fc.constantFrom('', '/', '/metadata', '/metadata/name', '/data/key', '/data/-', '/data/01', '/~', '/~2', '/data/~1', '/9999999999/a', '/metadata/labels/a', 'metadata', '/__proto__/x', '/constructor/prototype/x'), nasty.map((text) => `/${text}`));
const operation = fc.record({ op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'drop', ''), path: pointer, from: pointer, value: fc.jsonValue({ maxDepth: 2 }) }, { requiredKeys: ['op'] });
const patchTypes = ['application/json-patch+json', 'application/merge-patch+json', 'application/strategic-merge-patch+json', 'application/apply-patch+yaml'];
const patching = (type: string, body: string, query: string, isWrong: boolean) => request({ method: 'PATCH', path: `${configMaps}/present?dryRun=All${query}`, headers: { 'content-type': type }, body }, isWrong);
const patch = fc.oneof(
  fc.array(operation, { maxLength: 6 }).map((operations) => patching(patchTypes[0]!, JSON.stringify(operations), '', false)),
  fc.tuple(fc.constantFrom(...patchTypes), fc.constantFrom('', '{', '[', 'nul', '"', '\0', '{"a"}', '[1,', '{{}}', '- {')).map(([type, body]) => patching(type, body, '&fieldManager=fuzz', true)),
  fc.tuple(fc.constantFrom(...patchTypes.slice(1)), fc.dictionary(fc.constantFrom('metadata', 'data', '$patch', '$retainKeys', '$setElementOrder/data', '$deleteFromPrimitiveList/a', 'kind', 'apiVersion', 'spec', '__proto__'), fc.jsonValue({ maxDepth: 3 })))
    .map(([type, change]) => patching(type, JSON.stringify(change), '&fieldManager=fuzz', false)),
  fc.tuple(printable, fc.jsonValue()).map(([type, change]) => patching(type, JSON.stringify(change), '', true)),
  fc.jsonValue().map((change) => patching(patchTypes[3]!, JSON.stringify(change), '', true)),
);

const segment = fc.oneof(fc.constantFrom('api', 'apis', 'v1', 'apps', 'namespaces', 'default', 'pods', 'configmaps', 'present', 'status', 'scale', 'log', 'exec', 'proxy', 'watch', '..', '.', '', '%', '%2f', '%00', '%zz', '%c0%af', '%e2%80%ae', 'version', 'openapi', 'v3', 'metrics', 'debug', 'readyz'), printable.filter((text) => !/[?#]/.test(text)));
const path = fc.tuple(fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'), fc.array(segment, { minLength: 1, maxLength: 9 })).map(([method, segments]) =>
  // What would be deleted for good is not at the end of a path of chance.
  request({ method, path: `/${segments.join('/')}?dryRun=All&timeoutSeconds=1&timeout=5s`, headers: { 'content-type': json }, body: method === 'GET' || method === 'HEAD' ? undefined : '{}' } as Parts, false));

const option = fc.oneof(
  fc.constantFrom('limit=x', 'limit=1e3', 'limit=99999999999999999999', 'resourceVersion=x', 'resourceVersion=-1', 'resourceVersion=1.5', 'continue=garbage', 'continue=e30', 'labelSelector=a%20in', 'labelSelector=a%3D%3D%3Db', 'labelSelector=%28', 'labelSelector=a%20in%20%28b',
    'fieldSelector=a', 'fieldSelector=spec.x%3D1', 'fieldSelector=%5C', 'timeout=soon', 'timeoutSeconds=x', 'resourceVersionMatch=Newer', 'resourceVersionMatch=Exact', 'sendInitialEvents=true', 'watch=1&limit=x', 'watch=true&resourceVersion=x', 'watch=true&sendInitialEvents=true&resourceVersionMatch=Exact', 'watch=true&fieldSelector=a')
    .map((query) => ({ query, isWrong: true })),
  fc.tuple(fc.constantFrom('labelSelector', 'fieldSelector', 'continue', 'pretty', 'limit', 'fieldManager', 'nobody', 'timeout'), nasty).map(([name, value]) => ({ query: `${name}=${encodeURIComponent(value.replace(/\p{Surrogate}/gu, ''))}`, isWrong: false })),
  printable.map((text) => ({ query: text.replaceAll('#', ''), isWrong: false })),
);
const query = fc.tuple(fc.constantFrom(configMaps, '/api/v1/pods', '/api/v1/nodes', '/apis/apps/v1/deployments'), option).map(([of, { query: text, isWrong }]) => request({ method: 'GET', path: `${of}?${text}&timeoutSeconds=1`, headers: {} }, isWrong));

interface Headed {
  readonly headers: Record<string, string>;
  readonly isWrong: boolean;
  readonly path?: string;
}

const header: Arbitrary<Headed> = fc.oneof(
  fc.constantFrom<Record<string, string>>({ accept: 'text/html' }, { accept: 'application/xml;q=1' }, { accept: 'application/json;as=Tables;v=v9;g=meta.k8s.io' },
    { 'impersonate-group': 'a' }, { 'impersonate-uid': 'a' }, { 'impersonate-extra-a': 'b' }).map((headers) => ({ headers, isWrong: true })),
  fc.tuple(fc.constantFrom('accept', 'accept-encoding', 'authorization', 'user-agent', 'impersonate-user', 'audit-id', 'if-none-match', 'range', 'connection', 'te', 'x-forwarded-for', 'cookie'), printable).map(([name, value]) => ({ headers: { [name]: value }, isWrong: false })),
  fc.tuple(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 50, max: 200 })).map(([count, length]) => ({ headers: Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-flood-${at}`, 'x'.repeat(length)])), isWrong: false })),
  fc.tuple(fc.constantFrom('websocket', 'SPDY/3.1', 'h2c', 'x'), printable, fc.constantFrom('/api/v1/namespaces/default/pods/none/exec?command=a&stdout=1', '/api/v1/namespaces/default/pods/none/portforward', configMaps, '/version')).map(([upgrade, value, of]) => ({ headers: { upgrade, connection: 'Upgrade', 'sec-websocket-key': value, 'sec-websocket-version': '13', 'sec-websocket-protocol': value }, isWrong: false, path: of })),
);
const headed = header.map((of) => ({ ...request({ method: 'GET', path: of.path ?? configMaps, headers: of.headers }, of.isWrong), alone: true }));

/** Not even HTTP. */
const raw = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.concat([Buffer.from(bytes), Buffer.from('\r\n\r\n')])),
  fc.constantFrom('GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'GET / HTTP/1.1\r\nhost\r\n\r\n', 'GET / HTTP/1.1\r\n: x\r\n\r\n', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, `POST ${configMaps} HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n`, `POST ${configMaps} HTTP/1.1\r\nhost: x\r\ncontent-length: 9x\r\n\r\n`,
    `POST ${configMaps} HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, `POST ${configMaps} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n\r\n`, `POST ${configMaps} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n\r\n`,
    `POST ${configMaps} HTTP/1.1\r\nhost: x\r\ncontent-type: ${json}\r\ncontent-length: 100\r\n\r\n{`, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n').map((text) => Buffer.from(text)),
).map((bytes): FuzzRequest => ({ bytes, isWrong: true, alone: true }));

export const requests: Arbitrary<FuzzRequest> = fc.oneof(
  { weight: 12, arbitrary: cut }, { weight: 12, arbitrary: flipped }, { weight: 20, arbitrary: misplaced }, { weight: 6, arbitrary: unknownField }, { weight: 4, arbitrary: odd }, { weight: 6, arbitrary: garbage },
  { weight: 6, arbitrary: badMessage }, { weight: 14, arbitrary: patch }, { weight: 10, arbitrary: path }, { weight: 10, arbitrary: query }, { weight: 3, arbitrary: headed }, { weight: 3, arbitrary: raw },
);
