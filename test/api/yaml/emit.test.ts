import fc from 'fast-check';
import { parseYaml, toYaml } from '../../../src/api/yaml';

test('an object as kubectl prints it', () => {
  const pod = {
    kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web', labels: { app: 'web', on: 'yes' }, annotations: {}, creationTimestamp: null },
    spec: { containers: [{ name: 'c', args: ['a', '1', ''], ports: [{ containerPort: 80 }], resources: undefined }], nested: [[1, [2]], []] },
    data: { script: '#!/bin/sh\necho hi\n', cut: 'a\nb', long: 'word '.repeat(20).trim() },
  };
  expect(toYaml(pod)).toBe(`apiVersion: v1
data:
  cut: |-
    a
    b
  long: word word word word word word word word word word word word word word word
    word word word word word
  script: |
    #!/bin/sh
    echo hi
kind: Pod
metadata:
  annotations: {}
  creationTimestamp: null
  labels:
    app: web
    "on": "yes"
  name: web
spec:
  containers:
  - args:
    - a
    - "1"
    - ""
    name: c
    ports:
    - containerPort: 80
  nested:
  - - 1
    - - 2
  - []
`);
});

test.each([[{}, '{}\n'], [[], '[]\n'], ['x', 'x\n'], [null, 'null\n'], [1.5, '1.5\n'], [['a'], '- a\n'], [12345678901234567890n, '12345678901234567890\n'], [{ a: 1e21 }, 'a: 1e+21\n']])(
  '%p', (value, yaml) => expect(toYaml(value)).toBe(yaml));

test('control characters are refused', () => {
  expect(() => toYaml({ a: '\u007f' })).toThrow('error converting JSON to YAML: yaml: control characters are not allowed');
});

test('what is written can be read', () => {
  // Next-line characters do not survive, as upstream.
  const text = fc.string({ unit: fc.oneof(fc.constantFrom(' ', '\n', ':', '-', '#', "'", '"', '\t', '\\', '🚢', 'é'), fc.string({ minLength: 1, maxLength: 1 })) });
  const value = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, text, fc.integer(), fc.boolean(), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true })),
  })).value;
  fc.assert(fc.property(value, (spec) => {
    expect(parseYaml(toYaml({ spec }))).toEqual([{ spec }]);
  }), { numRuns: 300 });
});
