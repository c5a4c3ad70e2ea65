import { mkdtemp, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../src/api/clock';
import type { ContainerSpec, Runtime, Sandbox, SandboxSpec } from '../../src/runtime/port';
import { createDockerRuntime, destroyDockerObjects } from '../../src/runtime/docker';
import { createSimRuntime } from '../../src/runtime/sim';
import { seededRandom } from '../simulation/random';

export const nodeName = 'contract';
export const podIP = '10.250.0.9';
const podCIDR = '10.250.0.0/24';

/** One runtime under the contract. */
export interface Harness {
  runtime: Runtime;
  /** An image that is there. */
  image: string;
  /** Another runtime object on the same engine, as after a restart of the daemon. */
  reopen(): Promise<Runtime>;
  close(): Promise<void>;
}

export async function simHarness(): Promise<Harness> {
  const runtime = createSimRuntime({ clock: systemClock, random: seededRandom(1) });
  return { runtime, image: 'busybox:1.36', reopen: () => Promise.resolve(runtime), close: () => runtime.close() };
}

const image = 'busybox:1.36';

export async function dockerHarness(purpose = 'contract'): Promise<Harness> {
  const profile = `${purpose}-${process.pid}`;
  const stateDir = await mkdtemp(join(tmpdir(), 'knarr-contract-'));
  const opened: Runtime[] = [];
  const open = () => {
    const runtime = createDockerRuntime({ profile, stateDir, clock: systemClock });
    opened.push(runtime);
    return runtime;
  };
  const runtime = open();
  if (!(await runtime.imageStatus(image))) await promisify(execFile)('node', [join(__dirname, '../../scripts/images.mjs')]);
  return {
    runtime, image,
    reopen: async () => open(),
    async close() {
      // First, or they would bring the node container back.
      await Promise.all(opened.map((one) => one.close()));
      await destroyDockerObjects({ profile, stateDir, clock: systemClock, onStep: () => undefined });
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

export const bringUp = (runtime: Runtime) => runtime.ensureNode({ name: nodeName, podCIDR }, () => undefined);

let pods = 0;

export function sandboxSpec(more: Partial<SandboxSpec> = {}): SandboxSpec {
  const serial = ++pods;
  return {
    podUid: `uid-${process.pid}-${serial}`, podName: `pod-${serial}`, namespace: 'default', nodeName, attempt: 0, hostname: `pod-${serial}`,
    dns: { servers: ['10.96.0.10'], searches: ['default.svc.cluster.local'], options: ['ndots:5'] }, ports: [], annotations: { 'knarr.dev/note': 'kept' },
    ...more,
  };
}

export function containerSpec(imageName: string, command: string[] | undefined, more: Partial<ContainerSpec> = {}): ContainerSpec {
  return {
    name: 'main', attempt: 0, image: imageName, specHash: 'h1', annotations: { 'knarr.dev/restart-policy': 'Never' },
    ...(command && { command }), env: [], mounts: [], resources: {}, security: {}, ...more,
  };
}

export const forever = ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'];

/** Takes snapshots, one after each change that the runtime tells of, until one is as wanted. */
export async function until(runtime: Runtime, podUid: string, isWanted: (sandboxes: Sandbox[]) => boolean): Promise<Sandbox[]> {
  const stop = new AbortController();
  const changes = runtime.watch(nodeName, stop.signal)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const sandboxes = await runtime.snapshot({ podUid });
      if (isWanted(sandboxes)) return sandboxes;
      await changes.next();
    }
  } finally {
    stop.abort();
  }
}

export const containerNamed = (sandboxes: Sandbox[], name: string, attempt = 0) =>
  sandboxes.flatMap(({ containers }) => containers).find((container) => container.name === name && container.attempt === attempt);
