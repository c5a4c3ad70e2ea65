import type { Container as ContainerSpec, Pod } from '../../../src/api/generated/core.v1';
import { decide } from '../../../src/cluster/kubelet/decide/decide';
import type { Action, PodView } from '../../../src/cluster/kubelet/decide/view';
import { containerHash } from '../../../src/cluster/kubelet/spec/hash';
import type { Container, Sandbox } from '../../../src/runtime/port';

const nowMs = Date.parse('2026-01-01T00:10:00Z');
const web: ContainerSpec = { name: 'web', image: 'nginx', livenessProbe: {} };
const setup: ContainerSpec = { name: 'setup', image: 'busybox' };
const proxy: ContainerSpec = { name: 'proxy', image: 'envoy', restartPolicy: 'Always' };

const sized = (restartPolicy = 'NotRequired'): ContainerSpec => ({ ...web, resources: { requests: { cpu: '100m' }, limits: { cpu: '200m' } }, resizePolicy: [{ resourceName: 'cpu', restartPolicy }] });

const pod = (spec: Partial<Pod['spec']> = {}, more: Partial<Pod> = {}): Pod => ({
  ...more, metadata: { name: 'web', namespace: 'default', uid: 'u1', ...more.metadata }, spec: { restartPolicy: 'Always', containers: [web], ...spec },
});

const running = (spec: ContainerSpec, more: Partial<Container> = {}): Container => ({
  id: `${spec.name}-${more.attempt ?? 0}`, name: spec.name, attempt: 0, state: 'running', image: spec.image!, imageId: '', createdAtMs: nowMs - 1000, startedAtMs: nowMs - 1000,
  specHash: containerHash(spec), annotations: {}, ...more,
});
const exited = (spec: ContainerSpec, exitCode = 1, more: Partial<Container> = {}) => running(spec, { state: 'exited', exitCode, finishedAtMs: nowMs - 1000, ...more });

const sandbox = (containers: Container[], more: Partial<Sandbox> = {}): Sandbox => ({
  id: `sandbox-${more.attempt ?? 0}`, podUid: 'u1', podName: 'web', namespace: 'default', nodeName: 'n', attempt: 0, state: 'ready', ip: '10.244.0.2', createdAtMs: nowMs, annotations: {}, containers, ...more,
});

const view = (more: Partial<PodView> = {}): PodView => ({
  pod: pod(), gone: false, sandboxes: [], probe: () => undefined, volumes: 'ready', images: new Map(), failures: new Map(), restarts: new Map(), inFlight: new Set(), nowMs, ...more,
});

const present = (...keys: string[]) => new Map(keys.map((key) => [key, { image: 'x', imageUser: '' }]));
const deleting = (spec: Partial<Pod['spec']> = {}) => pod(spec, { metadata: { name: 'web', namespace: 'default', uid: 'u1', deletionTimestamp: '2026-01-01T00:10:30Z', deletionGracePeriodSeconds: 30 } });

const brief = (action: Action) => ({
  mountVolumes: 'mount', finish: 'finish',
  createSandbox: `sandbox#${'attempt' in action ? action.attempt : ''}`,
  stopSandbox: `stop ${'id' in action ? action.id : ''}`, removeSandbox: `rm ${'id' in action ? action.id : ''}`, removeContainer: `rm ${'id' in action ? action.id : ''}`,
  resizeContainer: `resize ${'id' in action ? action.id : ''}`,
  prepareImage: `image ${'container' in action ? action.container : ''}#${'attempt' in action ? action.attempt : ''}`,
  startContainer: `start ${'container' in action ? action.container : ''}#${'attempt' in action ? action.attempt : ''}`,
  killContainer: `kill ${'id' in action ? action.id : ''} ${'graceSeconds' in action ? action.graceSeconds : ''}s`,
}[action.do]);

const rows: [title: string, view: PodView, actions: string[]][] = [
  ['everything is good: nothing', view({ sandboxes: [sandbox([running(web)])] }), []],
  ['it has what it asks for', view({ pod: pod({ containers: [sized()] }), sandboxes: [sandbox([running(sized(), { resources: { cpuRequestMillis: 100, cpuLimitMillis: 200 } })])] }), []],
  ['it asks for more', view({ pod: pod({ containers: [sized()] }), sandboxes: [sandbox([running(sized(), { resources: { cpuRequestMillis: 100, cpuLimitMillis: 100 } })])] }), ['resize web-0']],
  ['it asks for more and starts anew for that', view({ pod: pod({ containers: [sized('RestartContainer')] }), sandboxes: [sandbox([running(sized(), { resources: { cpuRequestMillis: 100 } })])] }), ['kill web-0 30s']],
  ['it asks for more than there is', view({ pendingResize: { reason: 'Deferred', message: '' }, pod: pod({ containers: [sized('RestartContainer')] }), sandboxes: [sandbox([running(sized(), { resources: {} })])] }), []],
  ['nothing is there: volumes first', view({ volumes: 'unknown' }), ['mount']],
  ['volumes failed: wait', view({ volumes: { reason: '', message: '', retryAtMs: nowMs + 1 } }), []],
  ['volumes failed a while ago: try again', view({ volumes: { reason: '', message: '', retryAtMs: nowMs } }), ['mount']],
  ['volumes are ready: sandbox and image at once', view(), ['sandbox#0', 'image web#0']],
  ['the image is ready, the sandbox is not', view({ images: present('web#0') }), ['sandbox#0']],
  ['the sandbox is ready, the image is not', view({ sandboxes: [sandbox([])] }), ['image web#0']],
  ['both are ready: start', view({ sandboxes: [sandbox([])], images: present('web#0') }), ['start web#0']],
  ['the sandbox is being made, containers can be created in it', view({ newSandboxId: 'new', images: present('web#0'), inFlight: new Set(['sandbox']) }), ['sandbox#0', 'start web#0']],
  ['the second sandbox is being made: init containers come first again', view({ newSandboxId: 'new', images: present('web#1'), inFlight: new Set(['sandbox']), sandboxes: [sandbox([exited(web)], { state: 'notready' })] }), ['sandbox#1']],
  ['the start is in flight', view({ sandboxes: [sandbox([])], inFlight: new Set(['container web']) }), []],
  ['the sandbox failed: wait, look for the image', view({ sandboxFailure: { reason: '', message: '', retryAtMs: nowMs + 1 } }), ['image web#0']],
  ['it was created and never started: again, the same attempt', view({ sandboxes: [sandbox([running(web, { state: 'created' })])], images: present('web#0') }), ['start web#0']],
  ['it crashed for the first time: at once', view({ sandboxes: [sandbox([exited(web)])], images: present('web#1') }), ['start web#1']],
  ['it crashed and backs off', view({ sandboxes: [sandbox([exited(web)])], restarts: new Map([['web', { delayMs: 10_000, lastUpdateMs: nowMs - 5000 }]]) }), []],
  ['the back-off is over', view({ sandboxes: [sandbox([exited(web, 1, { finishedAtMs: nowMs - 10_000 })])], restarts: new Map([['web', { delayMs: 10_000, lastUpdateMs: nowMs - 15_000 }]]) }), ['image web#1']],
  ['its image failed: wait', view({ sandboxes: [sandbox([])], images: new Map([['web#0', { reason: 'ErrImagePull', message: '', retryAtMs: nowMs + 1 }]]) }), []],
  ['its image failed a while ago', view({ sandboxes: [sandbox([])], images: new Map([['web#0', { reason: 'ErrImagePull', message: '', retryAtMs: nowMs }]]) }), ['image web#0']],
  ['it ended well and must not be restarted: stop the sandbox', view({ pod: pod({ restartPolicy: 'OnFailure' }), sandboxes: [sandbox([exited(web, 0)])] }), ['stop sandbox-0']],
  ['it failed and must not be restarted', view({ pod: pod({ restartPolicy: 'Never' }), sandboxes: [sandbox([exited(web, 1)])] }), ['stop sandbox-0']],
  ['it failed and shall be restarted on failure', view({ pod: pod({ restartPolicy: 'OnFailure' }), sandboxes: [sandbox([exited(web, 1)])] }), ['image web#1']],
  ['it is done and the sandbox is stopped: nothing', view({ pod: pod({ restartPolicy: 'Never' }), sandboxes: [sandbox([exited(web, 1)], { state: 'notready' })] }), []],
  ['the sandbox died: a new one, once its containers ended', view({ sandboxes: [sandbox([running(web)], { state: 'notready' })] }), ['kill web-0 30s']],
  ['the sandbox died with its containers', view({ sandboxes: [sandbox([exited(web)], { state: 'notready' })] }), ['sandbox#1', 'image web#1']],
  ['the sandbox of a job that has run died', view({ pod: pod({ restartPolicy: 'Never' }), sandboxes: [sandbox([exited(web)], { state: 'notready' })] }), []],
  ['an old sandbox goes when the new one has everything', view({ sandboxes: [sandbox([running(web, { attempt: 1 })], { attempt: 1 }), sandbox([exited(web)], { state: 'notready' })] }), ['rm sandbox-0']],
  ['of the dead only the last is kept', view({ sandboxes: [sandbox([exited(web), exited(web, 1, { attempt: 1 }), running(web, { attempt: 2 })])] }), ['rm web-0']],
  ['its definition changed', view({ sandboxes: [sandbox([running(web, { specHash: 'old' })])] }), ['kill web-0 30s']],
  ['it failed its liveness probe', view({ sandboxes: [sandbox([running(web)])], probe: (_, type) => (type === 'liveness' ? 'failure' : undefined) }), ['kill web-0 30s']],
  ['init containers come first', view({ pod: pod({ initContainers: [setup] }), sandboxes: [sandbox([])] }), ['image setup#0']],
  ['an init container runs: wait', view({ pod: pod({ initContainers: [setup] }), sandboxes: [sandbox([running(setup)])] }), []],
  ['the last init container is through', view({ pod: pod({ initContainers: [setup] }), sandboxes: [sandbox([exited(setup, 0)])] }), ['image web#0']],
  ['an init container failed: again', view({ pod: pod({ initContainers: [setup] }), sandboxes: [sandbox([exited(setup, 1)])] }), ['image setup#1']],
  ['an init container failed for good', view({ pod: pod({ initContainers: [setup], restartPolicy: 'Never' }), sandboxes: [sandbox([exited(setup, 1)])] }), ['stop sandbox-0']],
  ['with a new sandbox initialization starts anew', view({ pod: pod({ initContainers: [setup] }), sandboxes: [sandbox([], { attempt: 1 }), sandbox([exited(setup, 0), exited(web)], { state: 'notready' })], images: present('setup#1') }), ['start setup#1']],
  ['once initialized, init containers do not matter', view({ pod: pod({ initContainers: [setup] }), sandboxes: [sandbox([running(web)])] }), []],
  ['a sidecar runs: the next one', view({ pod: pod({ initContainers: [proxy, setup] }), sandboxes: [sandbox([running(proxy)])] }), ['image setup#0']],
  ['a sidecar ended: again, beside the main containers', view({ pod: pod({ initContainers: [proxy] }), sandboxes: [sandbox([exited(proxy, 0), running(web)])] }), ['image proxy#1']],
  ['the work is done: the sidecar ends', view({ pod: pod({ initContainers: [proxy], restartPolicy: 'Never' }), sandboxes: [sandbox([running(proxy), exited(web, 0)])] }), ['kill proxy-0 30s']],
  ['ephemeral containers start with a sandbox', view({ pod: pod({ ephemeralContainers: [{ name: 'debug', image: 'busybox' }] }), sandboxes: [sandbox([running(web)])] }), ['image debug#0']],
  ['and only once', view({ pod: pod({ ephemeralContainers: [{ name: 'debug', image: 'busybox' }] }), sandboxes: [sandbox([running(web), exited({ name: 'debug', image: 'busybox' }, 0)])] }), []],
  ['deleted: stop within what is left of the grace', view({ pod: deleting(), sandboxes: [sandbox([running(web)])], nowMs: nowMs + 10_000 }), ['kill web-0 20s']],
  ['deleted, sidecars last', view({ pod: deleting({ initContainers: [proxy] }), sandboxes: [sandbox([running(web), running(proxy)])] }), ['kill web-0 30s']],
  ['deleted while it is started: wait', view({ pod: deleting(), sandboxes: [sandbox([])], inFlight: new Set(['container web']) }), []],
  ['deleted and ended', view({ pod: deleting(), sandboxes: [sandbox([exited(web)])] }), ['finish']],
  ['gone from the API: the same', view({ gone: true, sandboxes: [sandbox([running(web)])] }), ['kill web-0 30s']],
  ['gone and ended', view({ gone: true, sandboxes: [sandbox([exited(web)])] }), ['finish']],
  ['its phase is final: nothing is started', view({ pod: pod({}, { status: { phase: 'Failed' } }), sandboxes: [sandbox([exited(web)])] }), ['stop sandbox-0']],
];

describe('decide', () => {
  it.each(rows)('%s', (_, observed, actions) => {
    expect(decide(observed).actions.map(brief)).toEqual(actions);
  });

  it('says why a container waits, and until when', () => {
    const observed = view({ sandboxes: [sandbox([exited(web)])], restarts: new Map([['web', { delayMs: 80_000, lastUpdateMs: nowMs }]]) });
    expect(decide(observed)).toMatchObject({
      waiting: new Map([['web', { reason: 'CrashLoopBackOff', message: 'back-off 1m20s restarting failed container=web pod=web_default(u1)' }]]),
      wakeAtMs: nowMs + 79_000,
    });
  });

  it('ends a pod at its deadline and wakes for it', () => {
    const limited = (seconds: number) => view({ pod: pod({ activeDeadlineSeconds: seconds }, { status: { startTime: '2026-01-01T00:09:00Z' } }), sandboxes: [sandbox([running(web)])] });
    expect(decide(limited(61))).toMatchObject({ actions: [], wakeAtMs: nowMs + 1000 });
    expect(decide(limited(60))).toMatchObject({ actions: [{ do: 'killContainer' }], outcome: { phase: 'Failed', reason: 'DeadlineExceeded' } });
  });

  it('counts on from what the API remembers when the runtime has forgotten', () => {
    const remembered = pod({}, { status: { containerStatuses: [{ name: 'web', ready: true, restartCount: 4, image: '', imageID: '', containerID: 'docker://x' }] } });
    expect(decide(view({ pod: remembered })).actions.map(brief)).toEqual(['sandbox#0', 'image web#5']);
  });
});
