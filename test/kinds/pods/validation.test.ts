import { pod } from '../../../src/kinds/core/pod/kind';
import { createErrors, sentence, updateErrors } from '../create';

const web = { name: 'web', image: 'nginx' };
const podWith = (spec: object) => ({ spec: { containers: [web], ...spec } });
const errorsOf = (spec: object) => createErrors(pod, podWith(spec));
const containerErrors = (container: object) => errorsOf({ containers: [{ ...web, ...container }] });

test('a good pod has no errors', () => expect(errorsOf({ volumes: [{ name: 'v' }] })).toEqual([]));

test('the sentence that a user reads', () => {
  expect(sentence(pod, { spec: { containers: [] } })).toBe('Pod "a" is invalid: spec.containers: Required value');
});

const label = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
  + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

test.each<[string, object, string[]]>([
  ['no image', { image: '' }, ['spec.containers[0].image: Required value']],
  ['blanks around the image', { image: ' nginx' }, ['spec.containers[0].image: Invalid value: " nginx": must not have leading or trailing whitespace']],
  ['a bad name', { name: 'Web' }, [`spec.containers[0].name: Invalid value: "Web": ${label}`]],
  ['no name', { name: '' }, ['spec.containers[0].name: Required value']],
  ['port out of range', { ports: [{ containerPort: 70000 }] }, ['spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive']],
  ['port missing', { ports: [{ name: 'x' }] }, ['spec.containers[0].ports[0].containerPort: Required value']],
  ['unknown protocol', { ports: [{ containerPort: 1, protocol: 'ICMP' }] }, ['spec.containers[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"']],
  ['port names twice', { ports: [{ containerPort: 1, name: 'x' }, { containerPort: 2, name: 'x' }] }, ['spec.containers[0].ports[1].name: Duplicate value: "x"']],
  ['mount of nothing', { volumeMounts: [{ name: 'gone', mountPath: '/x' }] }, ['spec.containers[0].volumeMounts[0].name: Not found: "gone"']],
  ['env without a name', { env: [{ value: 'x' }] }, ['spec.containers[0].env[0].name: Required value']],
  ['env name with =', { env: [{ name: 'a=b' }] }, ['spec.containers[0].env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than \'=\'']],
  ['value and source', { env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }, ['spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty']],
  ['unknown field', { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.hostname' } } }] }, ['spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.hostname": error converting fieldPath: field label not supported: spec.hostname']],
  ['empty source', { env: [{ name: 'A', valueFrom: {} }] }, ['spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`']],
  ['pull policy', { imagePullPolicy: 'Sometimes' }, ['spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"']],
  ['requests above limits', { resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }, ['spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1']],
  ['negative amount', { resources: { requests: { memory: '-1Gi' } } }, ['spec.containers[0].resources.requests[memory]: Invalid value: "-1Gi": must be greater than or equal to 0']],
  ['unknown resource', { resources: { limits: { gpu: '1' } } }, ['spec.containers[0].resources.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified', 'spec.containers[0].resources.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers', 'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified', 'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers']],
  ['device not in one piece', { resources: { limits: { 'example.com/gpu': '500m' } } }, ['spec.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer', 'spec.containers[0].resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer']],
  ['probe without an action', { livenessProbe: {} }, ['spec.containers[0].livenessProbe: Required value: must specify a handler type']],
  ['probe with two', { livenessProbe: { exec: { command: ['x'] }, tcpSocket: { port: 1 } } }, ['spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type']],
  ['liveness threshold', { livenessProbe: { exec: { command: ['x'] }, successThreshold: 2 } }, ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1']],
  ['restart policy of a container', { restartPolicy: 'Always' }, ['spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers']],
  ['privileged but not escalating', { securityContext: { privileged: true, allowPrivilegeEscalation: false } }, [expect.stringMatching(/^spec\.containers\[0\]\.securityContext: Invalid value: .*cannot set `allowPrivilegeEscalation` to false and `privileged` to true$/) as unknown as string]],
])('container: %s', (_, container, expected) => expect(containerErrors(container)).toEqual(expected));

test.each<[string, object, string[]]>([
  ['two of one name', { containers: [web, web] }, ['spec.containers[1].name: Duplicate value: "web"']],
  ['init container of that name', { initContainers: [web] }, ['spec.initContainers[0].name: Duplicate value: "web"']],
  ['probe of an init container', { initContainers: [{ name: 'i', image: 'b', livenessProbe: { exec: { command: ['x'] } } }] }, ['spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always']],
  ['a host port twice', { containers: [{ ...web, ports: [{ containerPort: 1, hostPort: 9 }, { containerPort: 2, hostPort: 9 }] }] }, ['spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//9"']],
  ['two sources', { volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/' } }] }, ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type']],
  ['a volume twice', { volumes: [{ name: 'v' }, { name: 'v' }] }, ['spec.volumes[1].name: Duplicate value: "v"']],
  ['config map without a name', { volumes: [{ name: 'v', configMap: {} }] }, ['spec.volumes[0].configMap.name: Required value']],
  ['path upwards', { volumes: [{ name: 'v', configMap: { name: 'c', items: [{ key: 'k', path: '../x' }] } }] }, ['spec.volumes[0].configMap.items[0].path: Invalid value: "../x": must not contain \'..\'']],
  ['mode', { volumes: [{ name: 'v', secret: { secretName: 's', defaultMode: 0o1000 } }] }, ['spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive']],
  ['host path type', { volumes: [{ name: 'v', hostPath: { path: '/', type: 'Dir' } }] }, ['spec.volumes[0].hostPath.type: Unsupported value: "Dir": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"']],
  ['restart policy', { restartPolicy: 'Sometimes' }, ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"']],
  ['dns policy None', { dnsPolicy: 'None' }, ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None']],
  ['deadline', { activeDeadlineSeconds: 0 }, ['spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive']],
  ['host name', { hostname: 'a.b' }, ['spec.hostname: Invalid value: "a.b": must not contain dots']],
  ['toleration', { tolerations: [{ effect: 'NoSchedule' }] }, ['spec.tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty, which means "match all values and all keys"']],
  ['affinity without terms', { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } }, ['spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term']],
  ['spread', { topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'z', whenUnsatisfiable: 'DoNotSchedule' }] }, ['spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero']],
])('pod: %s', (_, spec, expected) => expect(errorsOf(spec)).toEqual(expected));

const base = { containers: [web, { name: 'b', image: 'busybox' }] };
const forbidden = 'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,'
  + '`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

test.each<[string, object, string[]]>([
  ['nothing', base, []],
  ['the image', { containers: [{ ...web, image: 'nginx:2', imagePullPolicy: 'Always' }, base.containers[1]] }, []],
  ['another toleration', { ...base, tolerations: [{ operator: 'Exists' }] }, []],
  ['the command', { containers: [{ ...web, command: ['x'] }, base.containers[1]] }, [`${forbidden}\n+\tcontainers[0].command: ["x"]\n`]],
  ['the node', { ...base, nodeName: 'n' }, [`${forbidden}\n+\tnodeName: "n"\n`]],
  ['a label of the nodes that it is for', { ...base, nodeSelector: { a: 'b' } }, [`${forbidden}\n+\tnodeSelector: {"a":"b"}\n`]],
  ['a deadline', { ...base, activeDeadlineSeconds: 0 }, []],
  ['fewer containers', { containers: [web] }, ['spec.containers: Forbidden: pod updates may not add or remove containers']],
])('a pod update may change: %s', (_, spec, expected) => expect(updateErrors(pod, { spec: base }, { spec })).toEqual(expected));

const zone = (...values: string[]) => ({ key: 'zone', operator: 'In', values });
const terms = (...matchExpressions: object[][]) => ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: matchExpressions.map((each) => ({ matchExpressions: each })) } } } });
const gated = { ...base, schedulingGates: [{ name: 'a.example/x' }, { name: 'a.example/y' }], nodeSelector: { a: 'b' }, ...terms([zone('1')]) };
const termsPath = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';

test.each<[string, object, string[]]>([
  ['fewer gates', { ...gated, schedulingGates: [{ name: 'a.example/y' }] }, []],
  ['other gates', { ...gated, schedulingGates: [{ name: 'a.example/z' }] }, ["spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'a.example/z'"]],
  ['more labels', { ...gated, nodeSelector: { a: 'b', c: 'd' } }, []],
  ['other labels', { ...gated, nodeSelector: { a: 'c' } }, ['spec.nodeSelector: Invalid value: map[string]string{"a":"c"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)']],
  ['more requirements', { ...gated, ...terms([zone('1'), { key: 'disk', operator: 'Exists' }]) }, []],
  ['other requirements', { ...gated, ...terms([zone('2')]) }, [expect.stringMatching(/nodeSelectorTerms\[0\]: Invalid value: .*: only additions are allowed \(no mutations or deletions\)$/) as unknown as string]],
  ['another term', { ...gated, ...terms([zone('1')], [zone('2')]) }, [expect.stringContaining(`${termsPath}: Invalid value: `) as unknown as string]],
  ['a preference', { ...gated, affinity: { nodeAffinity: { ...gated.affinity.nodeAffinity, preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [zone('1')] } }] } } }, []],
  ['the pods that it wants to be near', { ...gated, affinity: { ...gated.affinity, podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { topologyKey: 'zone' } }] } } }, [expect.stringContaining('+\taffinity.podAffinity: ') as unknown as string]],
])('a pod that waits for its gates may change: %s', (_, spec, expected) => expect(updateErrors(pod, { spec: gated }, { spec })).toEqual(expected));

const annotated = (annotations: Record<string, string>) => ({ metadata: { annotations }, spec: base });

test.each<[Record<string, string>, string[]]>([
  [{ 'kubernetes.io/config.mirror': 'x' }, ['metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set']],
  [{ 'controller.kubernetes.io/pod-deletion-cost': '+1' }, ['metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+1": must be a 32bit integer']],
  [{ 'controller.kubernetes.io/pod-deletion-cost': '-2147483648' }, []],
  [{ 'controller.kubernetes.io/pod-deletion-cost': '2147483648' }, ['metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "2147483648": must be a 32bit integer']],
  [{ 'seccomp.security.alpha.kubernetes.io/pod': 'localhost/../x' }, ['metadata.annotations.seccomp.security.alpha.kubernetes.io/pod: Invalid value: "../x": must not contain \'..\'']],
  [{ 'container.seccomp.security.alpha.kubernetes.io/web': 'mine' }, ['metadata.annotations.container.seccomp.security.alpha.kubernetes.io/web: Invalid value: "mine": must be a valid seccomp profile']],
  [{ 'container.apparmor.security.beta.kubernetes.io/who': 'mine' }, ['metadata.annotations[container.apparmor.security.beta.kubernetes.io/who]: Invalid value: "who": container not found',
    'metadata.annotations[container.apparmor.security.beta.kubernetes.io/who]: Invalid value: "mine": invalid AppArmor profile name: "mine"']],
])('annotations: %j', (annotations, expected) => expect(createErrors(pod, annotated(annotations))).toEqual(expected));

test('annotations that are set once stay', () => {
  const armor = { 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' };
  expect(updateErrors(pod, annotated(armor), annotated({}))).toEqual(['metadata.annotations[container.apparmor.security.beta.kubernetes.io/web]: Forbidden: may not remove or update AppArmor annotations']);
  expect(updateErrors(pod, annotated({}), annotated(armor))).toEqual(['metadata.annotations[container.apparmor.security.beta.kubernetes.io/web]: Forbidden: may not add AppArmor annotations']);
});

test.each<[string, object, string[]]>([
  ['an env value that hides another', { containers: [{ ...web, env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }] }, ['spec.containers[0].env[1]: hides previous definition of "A"']],
  ['an env value that builds on another', { containers: [{ ...web, env: [{ name: 'A', value: '1' }, { name: 'A', value: '$(A)2' }] }] }, []],
  ['a port twice', { containers: [{ ...web, ports: [{ containerPort: 80 }, { containerPort: 80 }] }] }, ['spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]']],
  ['a port with and without a host port', { containers: [{ ...web, ports: [{ containerPort: 80 }, { containerPort: 80, hostPort: 80 }] }] }, ['spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]']],
  ['half a byte', { containers: [{ ...web, resources: { requests: { memory: '100m' } } }] }, ['spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer']],
])('warns of %s', (_, spec, expected) => {
  const object = { metadata: { name: 'a', namespace: 'default' }, spec: structuredClone(spec) } as never as Parameters<NonNullable<typeof pod.strategy.setDefaults>>[0];
  pod.strategy.setDefaults!(object);
  expect(pod.strategy.warnings!(object)).toEqual(expected);
});
