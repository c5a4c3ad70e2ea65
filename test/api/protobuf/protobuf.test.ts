import fc from 'fast-check';
import { decodeProtobuf, decodeWatchEvents, encodeProtobuf, encodeWatchEvent, schemaKeyOf } from '../../../src/api/protobuf';
import { isApiError } from '../../../src/api/errors';

const pod = 'io.k8s.api.core.v1.Pod';
const bytes = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex');
/** An envelope of a Pod around the message in `raw`. */
const inner = (raw: string) => bytes(`6b387300 0a09 0a027631 1203506f64 12${(raw.replace(/\s/g, '').length / 2).toString(16).padStart(2, '0')} ${raw}`);

describe('the envelope', () => {
  // Derived by hand from the tags of Namespace, ObjectMeta and runtime.Unknown.
  test('an object without content, byte for byte', () => {
    const encoded = encodeProtobuf({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }, 'io.k8s.api.core.v1.Namespace');
    expect(encoded.toString('hex')).toBe([
      '6b387300', //                                    magic
      '0a0f', '0a027631', '12094e616d657370616365', //  typeMeta {apiVersion: "v1", kind: "Namespace"}
      '1219', //                                        raw
      '0a11', '0a0161', '1200', '1a00', '2200', '2a00', '3200', '3800', '4200', // metadata: what Go holds by value is written empty
      '1200', //                                        spec
      '1a02', '0a00', //                                status {phase: ""}
      '1a00', '2200', //                                contentEncoding, contentType
    ].join(''));
  });
});

describe('round trips', () => {
  const object = {
    kind: 'Pod', apiVersion: 'v1',
    metadata: { name: 'é', generation: 2 ** 40, creationTimestamp: '2026-01-31T12:00:00Z', labels: { b: '2', a: '' }, managedFields: [{ fieldsV1: { 'f:spec': {} } }] },
    spec: {
      containers: [{ name: 'c', ports: [{ containerPort: 80 }], resources: { limits: { cpu: '500m' } }, readinessProbe: { httpGet: { port: 'http' }, periodSeconds: 3 } }],
      terminationGracePeriodSeconds: -1, priority: 0, securityContext: { supplementalGroups: [0, -5] },
    },
    status: {},
  };

  test('a pod', () => {
    const { object: decoded, apiVersion, kind } = decodeProtobuf(encodeProtobuf(object, pod));
    expect({ apiVersion, kind }).toEqual({ apiVersion: 'v1', kind: 'Pod' });
    expect(decoded).toEqual(object);
  });

  test('an error Status and DeleteOptions of any group', () => {
    const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'NotFound', details: { name: 'a', causes: [{ field: 'x' }] }, code: 404 };
    expect(decodeProtobuf(encodeProtobuf(status, schemaKeyOf('v1', 'Status')!)).object).toEqual(status);
    const options = { kind: 'DeleteOptions', apiVersion: 'policy/v1', gracePeriodSeconds: 0, preconditions: { uid: 'u' } };
    expect(decodeProtobuf(encodeProtobuf(options, schemaKeyOf('policy/v1', 'DeleteOptions')!)).object).toEqual(options);
  });

  test('a review with extra values, a lease with micro-times, metrics with a duration', () => {
    const trips = (value: { apiVersion: string; kind: string }) => decodeProtobuf(encodeProtobuf(value, schemaKeyOf(value.apiVersion, value.kind)!)).object;
    expect(trips({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', status: { userInfo: { extra: { a: ['x', 'y'], b: [] } } } } as never))
      .toMatchObject({ status: { userInfo: { extra: { a: ['x', 'y'], b: [] } } } });
    expect(trips({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', spec: { renewTime: '1969-12-31T23:59:59.250000Z' } } as never))
      .toMatchObject({ spec: { renewTime: '1969-12-31T23:59:59.250000Z' } });
    expect(trips({ apiVersion: 'metrics.k8s.io/v1beta1', kind: 'NodeMetrics', window: '1m30.5s' } as never)).toMatchObject({ window: '1m30.5s' });
  });

  test('a list whose items are enveloped themselves', () => {
    const list = { kind: 'List', apiVersion: 'v1', items: [{ kind: 'Foo', spec: { a: 1 } }] };
    expect(decodeProtobuf(encodeProtobuf(list, schemaKeyOf('v1', 'List')!)).object).toMatchObject(list);
  });
});

describe('what is not Kubernetes protobuf', () => {
  const failure = (body: Buffer, key?: string) => {
    try {
      decodeProtobuf(body, key);
    } catch (error) {
      if (isApiError(error) && error.code === 400) return error.message;
      throw error;
    }
    return 'decoded';
  };
  const encoded = encodeProtobuf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, pod);

  test('each is a bad request', () => {
    expect(failure(Buffer.from(''), pod)).toBe('the object provided is unrecognized (must be of type Pod): empty data');
    expect(failure(Buffer.from('{"a":1}'), pod))
      .toBe('the object provided is unrecognized (must be of type Pod): provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
    expect(failure(encoded.subarray(0, 20))).toBe('the object provided is unrecognized: unexpected EOF');
    expect(failure(encodeProtobuf({ apiVersion: 'v1', kind: 'Pad' }, pod))).toBe('no kind "Pad" is registered for version "v1" in protobuf');
  });

  test('a message cut inside, and a field of another wire type', () => {
    expect(failure(inner('0a05 0a01'))).toBe('Pod in version "v1" cannot be handled as a Pod: unexpected EOF');
    expect(failure(inner('0801'))).toBe('Pod in version "v1" cannot be handled as a Pod: proto: wrong wireType = 0 for field metadata');
    expect(failure(inner('0a00 7a0161'))).toBe('decoded');
  });
});

describe('hostile bytes', () => {
  const crd = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition';
  const attempt = (body: Buffer) => {
    try {
      decodeProtobuf(body);
    } catch (error) {
      if (!isApiError(error)) throw error;
    }
  };

  test('are refused, never more', () => {
    const envelope = (raw: Uint8Array) => {
      const whole = encodeProtobuf({ apiVersion: 'v1', kind: 'Pod' }, pod);
      const head = whole.subarray(0, whole.indexOf(0x12, 15));
      return Buffer.concat([head, Buffer.from([0x12, raw.length]), raw]);
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (raw) => attempt(envelope(raw))), { seed: 3, numRuns: 300 });
    const valid = encodeProtobuf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', creationTimestamp: '2026-01-31T12:00:00Z' }, spec: { containers: [{ name: 'c' }] } }, pod);
    fc.assert(fc.property(fc.nat(valid.length - 1), fc.nat(255), (at, byte) => {
      const changed = Buffer.from(valid);
      changed[at] = byte;
      attempt(changed);
    }), { seed: 3, numRuns: 500 });
  });

  test('a time beyond all calendars', () => {
    // metadata {creationTimestamp {seconds: 2^50 - 1}}
    expect(() => decodeProtobuf(inner('0a0b 4209 08ffffffffffffff01'))).toThrow('Pod in version "v1" cannot be handled as a Pod: proto: time out of range');
  });

  test('nesting without end', () => {
    let schema: object = {};
    for (let depth = 0; depth < 400; depth++) schema = { items: schema };
    const deep = encodeProtobuf({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }] } }, crd);
    attempt(deep);
  });
});

describe('watch frames', () => {
  test('are read back, however the stream is cut', () => {
    const event = (name: string) => encodeWatchEvent('ADDED', encodeProtobuf({ apiVersion: 'v1', kind: 'Pod', metadata: { name } }, pod));
    const stream = Buffer.concat([event('a'), event('b')]);
    expect(stream.readUInt32BE(0)).toBe(event('a').length - 4);
    for (let cut = 0; cut <= stream.length; cut++) {
      const first = decodeWatchEvents(stream.subarray(0, cut));
      const second = decodeWatchEvents(Buffer.concat([first.rest, stream.subarray(cut)]));
      expect([...first.events, ...second.events]).toMatchObject([
        { type: 'ADDED', object: { metadata: { name: 'a' } } }, { type: 'ADDED', object: { metadata: { name: 'b' } } },
      ]);
      expect(second.rest).toHaveLength(0);
    }
  });
});
