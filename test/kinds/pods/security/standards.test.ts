import type { Container, Pod, PodSpec } from '../../../../src/api/generated/core.v1';
import { violationDetails, violations } from '../../../../src/kinds/pods/security/evaluate';
import { existingPodWarnings, isTightened } from '../../../../src/kinds/pods/security/existing';
import { parsePolicy, standardText, type Level, type Version } from '../../../../src/kinds/pods/security/policy';

type Security = NonNullable<Container['securityContext']>;

const container = (name: string, securityContext?: Security, more: Partial<Container> = {}): Container => ({ name, ...(securityContext && { securityContext }), ...more });
const spec = (...containers: Container[]): PodSpec => ({ containers });
const text = (level: Level, version: Version, podSpec: PodSpec, annotations: Record<string, string> = {}) =>
  violationDetails(violations({ level, version }, { annotations }, podSpec));
const baseline = (podSpec: PodSpec, annotations?: Record<string, string>, version: Version = 'latest') => text('baseline', version, podSpec, annotations);

/** As much as the strictest standard asks for. */
const good: Security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const restricted = (more: Security | Partial<PodSpec>, version: Version = 'latest') =>
  text('restricted', version, 'containers' in more || 'volumes' in more || 'securityContext' in more || 'os' in more ? { ...spec(container('a', good)), ...(more as Partial<PodSpec>) } : spec(container('a', { ...good, ...(more as Security) })));

it('finds nothing when all is well', () => {
  expect(restricted({})).toBe('');
  expect(baseline(spec(container('a', { capabilities: { add: ['CHOWN'] }, procMount: 'Default', seLinuxOptions: { type: 'container_t' } })))).toBe('');
});

it.each<[string, PodSpec, string]>([
  ['host namespaces', { ...spec(), hostNetwork: true, hostPID: true, hostIPC: true }, 'host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)'],
  ['privileged containers', { ...spec(container('a', { privileged: true })), initContainers: [container('i', { privileged: true })] }, 'privileged (containers "i", "a" must not set securityContext.privileged=true)'],
  ['capabilities', spec(container('a', { capabilities: { add: ['SYS_TIME', 'NET_RAW'] } })), 'non-default capabilities (container "a" must not include "NET_RAW", "SYS_TIME" in securityContext.capabilities.add)'],
  ['host paths', { ...spec(), volumes: [{ name: 'a', hostPath: { path: '/' } }, { name: 'b', emptyDir: {} }, { name: 'c', hostPath: { path: '/' } }] }, 'hostPath volumes (volumes "a", "c")'],
  ['a host port', spec(container('a', undefined, { ports: [{ containerPort: 1, hostPort: 80 }] })), 'hostPort (container "a" uses hostPort 80)'],
  ['host ports', spec(container('a', undefined, { ports: [{ containerPort: 1, hostPort: 80 }] }), container('b', undefined, { ports: [{ containerPort: 1, hostPort: 443 }] })), 'hostPort (containers "a", "b" use hostPorts 443, 80)'],
  ['proc mounts', spec(container('a', { procMount: 'Unmasked' })), 'procMount (container "a" must not set securityContext.procMount to "Unmasked")'],
  ['AppArmor profiles', { ...spec(container('a', { appArmorProfile: { type: 'Unconfined' } })), securityContext: { appArmorProfile: { type: 'Unconfined' } } }, 'forbidden AppArmor profile (pod and container "a" must not set AppArmor profile type to "Unconfined")'],
  ['SELinux options', { ...spec(container('a', { seLinuxOptions: { type: 'x', user: 'u' } })), securityContext: { seLinuxOptions: { role: 'r' } } }, 'seLinuxOptions (pod and container "a" set forbidden securityContext.seLinuxOptions: type "x"; user may not be set; role may not be set)'],
  ['seccomp profiles', { ...spec(container('a', { seccompProfile: { type: 'Unconfined' } })), securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }, 'seccompProfile (container "a" must not set securityContext.seccompProfile.type to "Unconfined")'],
  ['sysctls', { ...spec(), securityContext: { sysctls: [{ name: 'kernel.sem', value: '1' }, { name: 'net.ipv4.tcp_rmem', value: '1' }] } }, 'forbidden sysctls (kernel.sem)'],
  ['host processes', { ...spec(container('a', { windowsOptions: { hostProcess: true } })), securityContext: { windowsOptions: { hostProcess: true } } }, 'hostProcess (pod and container "a" must not set securityContext.windowsOptions.hostProcess=true)'],
  ['several things, in order', { ...spec(container('a', { privileged: true, seccompProfile: { type: 'Unconfined' }, seLinuxOptions: { user: 'u' } })), hostPID: true }, 'host namespaces (hostPID=true), privileged (container "a" must not set securityContext.privileged=true), '
    + 'seLinuxOptions (container "a" set forbidden securityContext.seLinuxOptions: user may not be set), seccompProfile (container "a" must not set securityContext.seccompProfile.type to "Unconfined")'],
])('baseline forbids %s', (_, podSpec, expected) => expect(baseline(podSpec)).toBe(expected));

it('looks at ephemeral containers, too', () => {
  expect(baseline({ ...spec(), ephemeralContainers: [{ name: 'debug', securityContext: { privileged: true } }] })).toBe('privileged (container "debug" must not set securityContext.privileged=true)');
});

it('looks at the annotations that came before the fields', () => {
  expect(baseline(spec(container('a')), { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' }))
    .toBe('forbidden AppArmor profile (annotation must not set AppArmor profile type to "container.apparmor.security.beta.kubernetes.io/a="unconfined"")');
  const seccomp = { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined', 'container.seccomp.security.alpha.kubernetes.io/a': 'localhost/x' };
  expect(baseline(spec(container('a')), seccomp, 18)).toBe('seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod="unconfined")');
  expect(baseline(spec(container('a')), seccomp, 19)).toBe('');
});

it.each<[string, Security | Partial<PodSpec>, string]>([
  ['escalation', { allowPrivilegeEscalation: undefined }, 'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false)'],
  ['capabilities that are kept', { capabilities: { drop: ['NET_RAW'] } }, 'unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"])'],
  ['capabilities that are added', { capabilities: { add: ['NET_BIND_SERVICE', 'CHOWN'] } }, 'unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]; container "a" must not include "CHOWN" in securityContext.capabilities.add)'],
  ['volume types', { volumes: [{ name: 'v', hostPath: { path: '/' } }, { name: 'w', nfs: { server: 's', path: '/' } }] }, 'restricted volume types (volumes "v", "w" use restricted volume types "hostPath", "nfs")'],
  ['root by silence', { runAsNonRoot: undefined }, 'runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true)'],
  ['root by intent', { runAsNonRoot: false, runAsUser: 0 }, 'runAsNonRoot != true (container "a" must not set securityContext.runAsNonRoot=false), runAsUser=0 (container "a" must not set runAsUser=0)'],
  ['root of the pod', { securityContext: { runAsNonRoot: false } }, 'runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)'],
  ['no seccomp profile', { seccompProfile: undefined }, 'seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")'],
  ['a bad seccomp profile', { seccompProfile: { type: 'Unconfined' } }, 'seccompProfile (container "a" must not set securityContext.seccompProfile.type to "Unconfined")'],
])('restricted forbids %s', (_, more, expected) => expect(restricted(more)).toBe(expected));

it('says once what both standards forbid', () => {
  expect(text('restricted', 'latest', { ...spec(container('a', { ...good, capabilities: { drop: ['ALL'], add: ['SYS_TIME'] }, seccompProfile: { type: 'Unconfined' } })), volumes: [{ name: 'v', hostPath: { path: '/' } }] }))
    .toBe('unrestricted capabilities (container "a" must not include "SYS_TIME" in securityContext.capabilities.add), '
      + 'restricted volume types (volume "v" uses restricted volume type "hostPath"), seccompProfile (container "a" must not set securityContext.seccompProfile.type to "Unconfined")');
});

it('is as strict as the version that is asked for', () => {
  const bare = spec(container('a'));
  expect(text('restricted', 7, bare)).toBe('runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true)');
  expect(text('restricted', 8, bare)).toMatch(/^allowPrivilegeEscalation/);
  expect(text('restricted', 21, bare)).not.toMatch(/capabilities/);
  expect(text('restricted', 22, bare)).toMatch(/unrestricted capabilities/);
  expect(text('restricted', 21, spec(container('a', { ...good, capabilities: { add: ['SYS_TIME'] } })))).toMatch(/^non-default capabilities/);
  const windows: PodSpec = { ...bare, os: { name: 'windows' }, securityContext: { runAsNonRoot: true } };
  expect(text('restricted', 24, windows)).toMatch(/allowPrivilegeEscalation/);
  expect(text('restricted', 25, windows)).toBe('');
  const engine = spec(container('a', { seLinuxOptions: { type: 'container_engine_t' } }));
  expect([baseline(engine, {}, 30), baseline(engine, {}, 31)]).toEqual([expect.stringMatching(/^seLinuxOptions/), '']);
  expect(text('restricted', 99, bare)).toBe(text('restricted', 'latest', bare));
  expect(text('privileged', 'latest', { ...bare, hostPID: true })).toBe('');
});

describe('the policy of a namespace', () => {
  const parse = (labels: Record<string, string>) => parsePolicy(Object.fromEntries(Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value])));
  const shown = (labels: Record<string, string>) => Object.fromEntries(Object.entries(parse(labels).policy).map(([mode, standard]) => [mode, standardText(standard)]));

  it.each<[Record<string, string>, [string, string, string]]>([
    [{}, ['privileged:latest', 'privileged:latest', 'privileged:latest']],
    [{ enforce: 'baseline' }, ['baseline:latest', 'privileged:latest', 'baseline:latest']],
    [{ enforce: 'baseline', 'enforce-version': 'v1.20' }, ['baseline:v1.20', 'privileged:latest', 'baseline:v1.20']],
    [{ enforce: 'baseline', 'enforce-version': 'v1.20', 'warn-version': 'v1.30' }, ['baseline:v1.20', 'privileged:latest', 'baseline:v1.30']],
    [{ enforce: 'restricted', warn: 'privileged', audit: 'baseline', 'audit-version': 'latest' }, ['restricted:latest', 'baseline:latest', 'privileged:latest']],
    [{ enforce: 'x', audit: 'x', warn: 'x', 'enforce-version': 'v2' }, ['restricted:latest', 'privileged:latest', 'privileged:latest']],
  ])('%j', (labels, [enforce, audit, warn]) => expect(shown(labels)).toEqual({ enforce, audit, warn }));

  it('says what it cannot understand', () => {
    expect(parse({ enforce: 'x', 'warn-version': 'v1.01' }).errors.map(({ field, message }) => `${field}: ${message}`)).toEqual([
      'metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "x": must be one of privileged, baseline, restricted',
      'metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "v1.01": must be "latest" or "v1.x"',
    ]);
  });
});

describe('pods that are there already', () => {
  const pod = (name: string, owner?: string, more: Partial<PodSpec> = { hostPID: true }): Pod => ({
    metadata: { name, ...(owner && { ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: owner, uid: owner, controller: true }] }) }, spec: { containers: [], ...more },
  });
  const enforce = { level: 'baseline', version: 'latest' } as const;

  it('are named by what is against the policy', () => {
    expect(existingPodWarnings('ns', [pod('fine', undefined, {}), pod('b'), pod('a', 'set'), pod('c', 'set'), pod('d', undefined, { hostIPC: true, volumes: [{ name: 'v', hostPath: { path: '/' } }] })], enforce)).toEqual([
      'existing pods in namespace "ns" violate the new PodSecurity enforce level "baseline:latest"',
      'a (and 2 other pods): host namespaces',
      'd: host namespaces, hostPath volumes',
    ]);
    expect(existingPodWarnings('ns', [pod('fine', undefined, {})], enforce)).toEqual([]);
  });

  it('are looked at up to a number, one of each controller first', () => {
    const many = Array.from({ length: 3001 }, (_, i) => pod(`p${String(i).padStart(4, '0')}`, 'set', {}));
    expect(existingPodWarnings('ns', [...many, pod('last')], enforce)).toEqual([
      'new PodSecurity enforce level only checked against the first 3000 of 3002 existing pods',
      'existing pods in namespace "ns" violate the new PodSecurity enforce level "baseline:latest"',
      'last: host namespaces',
    ]);
  });

  it.each<[Level, Version, Level, Version, boolean]>([
    ['baseline', 'latest', 'baseline', 'latest', false],
    ['restricted', 'latest', 'baseline', 'latest', true],
    ['baseline', 'latest', 'restricted', 'latest', false],
    ['baseline', 20, 'restricted', 'latest', true],
    ['privileged', 20, 'restricted', 'latest', false],
  ])('matter when %s:%s comes after %s:%s: %s', (level, version, before, beforeVersion, expected) =>
    expect(isTightened({ level, version }, { level: before, version: beforeVersion })).toBe(expected));
});
