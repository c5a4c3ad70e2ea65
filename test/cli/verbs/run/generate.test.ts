import { generatePod, generateService, type RunSpec } from '../../../../src/cli/verbs/run/generate';

const plain: RunSpec = {
  name: 'web', image: 'nginx', args: [], command: false, env: [], annotations: [], labels: '', port: '', stdin: false, stdinOnce: false, tty: false,
  privileged: false, pullPolicy: '', restart: 'Always',
};

it('makes the plain pod of kubectl run', () => {
  expect(JSON.stringify(generatePod(plain))).toBe(JSON.stringify({
    kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web', creationTimestamp: null, labels: { run: 'web' } },
    spec: { containers: [{ name: 'web', image: 'nginx', resources: {} }], restartPolicy: 'Always', dnsPolicy: 'ClusterFirst' }, status: {},
  }));
});

it('writes every option in the order of Go\'s container', () => {
  const pod = generatePod({
    ...plain, args: ['sh', '-c', 'x'], command: true, env: ['A=1', 'EMPTY=', 'EQ=a=b'], port: '80', stdin: true, stdinOnce: true, tty: true,
    privileged: true, pullPolicy: 'Never',
  });
  expect(JSON.stringify(pod.spec.containers[0])).toBe(JSON.stringify({
    name: 'web', image: 'nginx', command: ['sh', '-c', 'x'], ports: [{ containerPort: 80 }],
    env: [{ name: 'A', value: '1' }, { name: 'EMPTY' }, { name: 'EQ', value: 'a=b' }], resources: {}, imagePullPolicy: 'Never',
    securityContext: { privileged: true }, stdin: true, stdinOnce: true, tty: true,
  }));
});

it('takes what follows the name as arguments unless it is the command', () => {
  expect(generatePod({ ...plain, args: ['a'] }).spec.containers[0]).toMatchObject({ args: ['a'] });
});

it('sorts labels and annotations', () => {
  const { metadata } = generatePod({ ...plain, labels: 'b=2,a=1', annotations: ['z=1', 'y=2=3'] });
  expect(JSON.stringify([metadata.labels, metadata.annotations])).toBe('[{"a":"1","b":"2"},{"y":"2=3","z":"1"}]');
});

it.each<[Partial<RunSpec>, string]>([
  [{ labels: 'a' }, 'unexpected label spec: a'],
  [{ labels: '=b' }, 'unexpected empty label key'],
  [{ env: ['A'] }, 'invalid env: A'],
  [{ env: ['=b'] }, 'invalid env: =b'],
  [{ env: ['1A=b'] }, 'invalid env: 1A=b'],
  [{ env: ['..A=b'] }, 'invalid env: ..A=b'],
  [{ annotations: ['a', '=b', 'c=d'] }, 'invalid annotations format: a, =b'],
  [{ port: 'http' }, 'strconv.Atoi: parsing "http": invalid syntax'],
  [{ port: '99999999999999999999' }, 'strconv.Atoi: parsing "99999999999999999999": value out of range'],
])('refuses %j', (change, message) => {
  expect(() => generatePod({ ...plain, ...change })).toThrow(message);
});

it('exposes the port by the pod\'s labels', () => {
  expect(generateService({ name: 'web', labels: '', port: '80' })).toMatchObject({
    metadata: { name: 'web' }, spec: { ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }], selector: { run: 'web' } },
  });
  expect(generateService({ name: 'web', labels: 'a=b', port: '80,81' })).toMatchObject({
    metadata: { labels: { a: 'b' } }, spec: { ports: [{ name: 'port-1', port: 80 }, { name: 'port-2', port: 81 }], selector: { a: 'b' } },
  });
});
