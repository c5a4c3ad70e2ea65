import type { Container, ContainerStatus, Pod, PodSpec, Secret } from '../../../src/api/generated/core.v1';
import fc from 'fast-check';
import { backoffEnd, nextBackoff } from '../../../src/cluster/kubelet/decide/backoff';
import { expand } from '../../../src/cluster/kubelet/env/expansion';
import { fieldValue, resourceValue } from '../../../src/cluster/kubelet/env/fields';
import { credentialsFor } from '../../../src/cluster/kubelet/pod/credentials';
import { PodAddresses } from '../../../src/cluster/kubelet/pod/ips';
import { count, noResults, verdictOf } from '../../../src/cluster/kubelet/probes/tally';
import { withTag } from '../../../src/cluster/kubelet/spec/container';
import { podDns } from '../../../src/cluster/kubelet/spec/dns';
import { containerMounts } from '../../../src/cluster/kubelet/spec/mounts';
import { podHostname } from '../../../src/cluster/kubelet/spec/names';
import { containerSecurity } from '../../../src/cluster/kubelet/spec/security';
import { podPhase } from '../../../src/cluster/kubelet/status/phase';
import { qosClass } from '../../../src/cluster/kubelet/status/qos';

const pod = (spec: Partial<PodSpec> = {}, name = 'web'): Pod => ({ metadata: { name, namespace: 'ns', uid: 'u', labels: { b: '2', a: 'x"y' }, annotations: { note: 'n' } }, spec: { containers: [{ name: 'main', image: 'web' }], ...spec } });
const main = (more: Partial<Container>): Container => ({ name: 'main', image: 'web', ...more });

describe('back-off', () => {
  it('doubles to five minutes', () => {
    const delays: number[] = [];
    let entry = nextBackoff(undefined, 0, 0);
    for (let at = 0; at < 7; at++) {
      delays.push(entry.delayMs);
      entry = nextBackoff(entry, 0, 0);
    }
    expect(delays).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
  });

  it('counts from the event, and expires after ten minutes', () => {
    const entry = { delayMs: 10_000, lastUpdateMs: 0 };
    expect(backoffEnd(entry, 5000, 6000)).toBe(15_000);
    expect(backoffEnd(entry, 5000, 15_000)).toBeUndefined();
    expect(backoffEnd(entry, 600_001, 600_002)).toBeUndefined();
    expect(nextBackoff({ delayMs: 300_000, lastUpdateMs: 0 }, 600_001, 600_001).delayMs).toBe(10_000);
  });
});

describe('variables', () => {
  it.each([
    ['$(A)', 'one'], ['a$(A)b', 'aoneb'], ['$$(A)', '$(A)'], ['$$$(A)', '$one'], ['$(NO)', '$(NO)'], ['$(A', '$(A'], ['$A', '$A'], ['$(A)$(A)', 'oneone'], ['$', '$'], ['$()', '$()'],
  ])('%s becomes %s', (text, expected) => {
    expect(expand(text, (name) => ({ A: 'one' })[name])).toBe(expected);
  });
});

describe('fields of the downward API', () => {
  const place = { podIP: '10.0.0.1', hostIP: '1.1.1.1', allocatable: { cpu: '4', memory: '1Gi' } };
  it.each([
    ['metadata.name', 'web'], ['metadata.namespace', 'ns'], ['metadata.uid', 'u'], ['metadata.labels', 'a="x\\"y"\nb="2"'], ["metadata.labels['b']", '2'], ["metadata.annotations['none']", ''],
    ['status.podIP', '10.0.0.1'], ['status.hostIP', '1.1.1.1'],
  ])('%s is %j', (fieldPath, expected) => {
    expect(fieldValue({ fieldPath }, pod(), place)).toBe(expected);
  });

  it.each([
    ['limits.cpu', undefined, '2'], ['limits.cpu', '1m', '1500'], ['requests.cpu', undefined, '1'], ['limits.memory', '1Mi', '1024'], ['requests.memory', undefined, '1000000'], ['requests.ephemeral-storage', undefined, '0'],
  ])('%s in units of %s is %s', (resource, divisor, expected) => {
    const container = main({ resources: { limits: { cpu: '1500m' }, requests: { cpu: '100m', memory: '1M' } } });
    expect(resourceValue({ resource, ...(divisor && { divisor }) }, container, place)).toBe(expected);
  });
});

describe('addresses', () => {
  it('are never given out twice, whatever is freed and taken', () => {
    fc.assert(fc.property(fc.array(fc.nat(3)), (steps) => {
      const addresses = new PodAddresses('10.0.0.0/28');
      const held: string[] = [];
      for (const step of steps) {
        if (step === 0 && held.length > 0) addresses.release(held.shift()!);
        else if (held.length < 13) held.push(addresses.allocate());
      }
      expect(new Set(held).size).toBe(held.length);
      expect(held.every((ip) => !['10.0.0.0', '10.0.0.1', '10.0.0.15'].includes(ip))).toBe(true);
    }));
  });

  it('end', () => {
    const addresses = new PodAddresses('10.0.0.0/29');
    expect([1, 2, 3, 4, 5].map(() => addresses.allocate())).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6']);
    expect(() => addresses.allocate()).toThrow('no IP addresses available in range set');
  });
});

describe('probe results', () => {
  it('count in a row', () => {
    const probe = { successThreshold: 2, failureThreshold: 3 };
    const verdicts = ['success', 'failure', 'failure', 'success', 'success', 'failure', 'failure', 'failure'] as const;
    let tally = noResults;
    expect(verdicts.map((result) => verdictOf(tally = count(tally, result), probe))).toEqual([undefined, undefined, undefined, undefined, 'success', undefined, undefined, 'failure']);
  });
});

describe('pod specs', () => {
  it.each([['web', 'web:latest'], ['web:1', 'web:1'], ['host:5000/web', 'host:5000/web:latest'], ['web@sha256:00', 'web@sha256:00']])('image %s is %s', (image, full) => {
    expect(withTag(image)).toBe(full);
  });

  const dns = { clusterDNS: '10.96.0.10', clusterDomain: 'cluster.local' };
  const cluster = { servers: ['10.96.0.10'], searches: ['ns.svc.cluster.local', 'svc.cluster.local', 'cluster.local'], options: ['ndots:5'] };
  it.each([
    ['by default', {}, cluster],
    ['with the host network', { hostNetwork: true }, { servers: [], searches: [], options: [] }],
    ['with both', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' as const }, cluster],
    ['of its own', { dnsPolicy: 'None' as const, dnsConfig: { nameservers: ['1.1.1.1'], searches: ['a'], options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }] } }, { servers: ['1.1.1.1'], searches: ['a'], options: ['ndots:2', 'edns0'] }],
    ['in addition', { dnsConfig: { options: [{ name: 'ndots', value: '1' }], nameservers: ['10.96.0.10'] } }, { ...cluster, options: ['ndots:1'] }],
  ])('resolve names %s', (_, spec, expected) => {
    expect(podDns(pod(spec), dns)).toEqual(expected);
  });

  it('have a hostname that fits', () => {
    expect(podHostname(pod({}, 'a'.repeat(62) + '-b'))).toBe('a'.repeat(62));
    expect(podHostname(pod({ hostname: 'own' }))).toBe('own');
  });

  it.each([
    [{ name: 'v', mountPath: '/v', subPath: '/abs' }, 'error SubPath `/abs` must not be an absolute path'],
    [{ name: 'v', mountPath: '/v', subPath: 'a/../..' }, "unable to provision SubPath `a/../..`: must not contain '..'"],
    [{ name: 'v', mountPath: '/v', subPathExpr: '$(NO)/$(ABSENT)' }, 'missing value for ABSENT, NO'],
    [{ name: 'none', mountPath: '/v' }, 'cannot find volume "none" to mount into container "main"'],
  ])('refuse the mount %j', (mount, message) => {
    expect(() => containerMounts(pod({ volumes: [{ name: 'v', emptyDir: {} }] }), main({ volumeMounts: [mount] }), [])).toThrow(message);
  });

  it('mount what the kubelet keeps up to date read-only, and the hosts file unless it is there', () => {
    const spec = { volumes: [{ name: 'c', configMap: { name: 'c' } }, { name: 'e', emptyDir: {} }] };
    expect(containerMounts(pod(spec), main({ volumeMounts: [{ name: 'c', mountPath: 'relative' }, { name: 'e', mountPath: '/etc/hosts', subPathExpr: '$(A)' }] }), [{ name: 'A', value: 'x' }])).toEqual([
      { volume: 'c', mountPath: '/relative', readOnly: true }, { volume: 'e', mountPath: '/etc/hosts', subPath: 'x', readOnly: false },
    ]);
  });

  it.each([
    [{ runAsNonRoot: true }, '', 'container has runAsNonRoot and image will run as root (pod: "web_ns(u)", container: main)'],
    [{ runAsNonRoot: true }, 'nginx', 'container has runAsNonRoot and image has non-numeric user (nginx), cannot verify user is non-root (pod: "web_ns(u)", container: main)'],
    [{ runAsNonRoot: true, runAsUser: 0 }, '1000', 'container\'s runAsUser breaks non-root policy (pod: "web_ns(u)", container: main)'],
    [{ seccompProfile: { type: 'Localhost' as const, localhostProfile: 'x' } }, '', 'seccompProfile of type Localhost is not supported'],
  ])('refuse %j with image user "%s"', (securityContext, imageUser, message) => {
    expect(() => containerSecurity(pod(), main({ securityContext }), imageUser, 1e9)).toThrow(message);
  });

  it('run as whom they ask', () => {
    const securityContext = { runAsGroup: 3000, fsGroup: 2000, supplementalGroups: [4000] };
    expect(containerSecurity(pod({ securityContext }), main({ securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }), '1000:1000', 1e9))
      .toEqual({ user: '1000:3000', supplementalGroups: [4000, 2000], noNewPrivileges: true, dropCapabilities: ['ALL'], oomScoreAdj: 1000 });
  });

  it.each([
    [{}, 'BestEffort'], [{ requests: { cpu: '1' } }, 'Burstable'], [{ limits: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
    [{ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1000m', memory: '1Gi' } }, 'Guaranteed'], [{ limits: { cpu: '1' } }, 'Burstable'], [{ requests: { cpu: '0' } }, 'BestEffort'],
  ])('with resources %j are %s', (resources, quality) => {
    expect(qosClass(pod({ containers: [main({ resources })] }))).toBe(quality);
  });
});

describe('credentials', () => {
  const secret = (auths: object): Secret => ({ metadata: { name: 's' }, data: { '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64') } });
  it.each([
    ['reg.example/web:1', { 'https://reg.example/v1/': { username: 'u', password: 'p' } }, { username: 'u', password: 'p' }],
    ['web', { 'https://index.docker.io/v1/': { auth: Buffer.from('u:p:q').toString('base64') } }, { username: 'u', password: 'p:q' }],
    ['reg.example/web', { 'other.example': { username: 'u', password: 'p' } }, undefined],
  ])('for %s', (image, auths, expected) => {
    expect(credentialsFor(image, [secret(auths)])).toEqual(expected);
  });

  it('that cannot be read are passed over', () => {
    expect(credentialsFor('web', [{ metadata: { name: 's' }, data: { '.dockerconfigjson': 'bm90IGpzb24=' } }])).toBeUndefined();
  });
});

describe('the phase', () => {
  const status = (name: string, state: ContainerStatus['state'], lastState?: ContainerStatus['lastState']): ContainerStatus => ({ name, ready: false, restartCount: 0, image: '', imageID: '', ...(state && { state }), ...(lastState && { lastState }) });
  const runs = { running: {} };
  const ended = (exitCode: number) => ({ terminated: { exitCode } });
  const waits = { waiting: {} };
  const two: Partial<PodSpec> = { containers: [main({ name: 'a' }), main({ name: 'b' })] };
  it.each([
    ['nothing known', two, [], false, 'Pending'],
    ['all run', two, [status('a', runs), status('b', runs)], false, 'Running'],
    ['one waits for its first start', two, [status('a', runs), status('b', waits)], false, 'Pending'],
    ['one waits for its restart', two, [status('a', runs), status('b', waits, ended(1))], false, 'Running'],
    ['all ended, always restarted', two, [status('a', ended(0)), status('b', ended(1))], false, 'Running'],
    ['all ended well', { ...two, restartPolicy: 'Never' as const }, [status('a', ended(0)), status('b', ended(0))], false, 'Succeeded'],
    ['one failed, never restarted', { ...two, restartPolicy: 'Never' as const }, [status('a', ended(0)), status('b', ended(1))], false, 'Failed'],
    ['one failed, restarted', { ...two, restartPolicy: 'OnFailure' as const }, [status('a', ended(0)), status('b', ended(1))], false, 'Running'],
    ['terminal, one failed', two, [status('a', ended(0)), status('b', ended(137))], true, 'Failed'],
    ['terminal, none failed', two, [status('a', ended(0)), status('b', ended(0))], true, 'Succeeded'],
  ])('%s', (_, spec, statuses, isTerminal, phase) => {
    expect(podPhase(pod({ restartPolicy: 'Always', ...spec }), statuses, isTerminal)).toBe(phase);
  });
});
