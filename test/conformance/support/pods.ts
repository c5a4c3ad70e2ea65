import type { Container, Pod, PodSpec } from '../../../src/api/generated/core.v1';
import { readAll, resourcePath } from '../../../src/client/http';
import { remoteCommand } from '../../../src/client/remote';
import { pods } from './resources';
import type { RowContext } from './row';

/** What `npm run images` makes; no registry is asked. */
export const images = { busybox: 'busybox:1.36', nginx: 'nginx:1.27', redis: 'redis:7', socat: 'socat:1.7' } as const;

/** A container of busybox that runs a program of it. */
export const program = (name: string, command: string[], more: Partial<Container> = {}): Container =>
  ({ name, image: images.busybox, command, ...more });

/** A container of busybox that runs a script. Its shell drops environment variables whose names are not C's. */
export const shell = (name: string, script: string, more: Partial<Container> = {}): Container => program(name, ['sh', '-c', script], more);

/** A pod that ends at once when it is told to. */
export function podOf(name: string, containers: Container[], more: Partial<PodSpec> = {}, labels: Record<string, string> = {}) {
  return { metadata: { name, labels }, spec: { terminationGracePeriodSeconds: 1, ...more, containers } };
}

/** A script that runs until it is told to end. */
export const untilTold = 'trap "exit 0" TERM; while :; do sleep 3600 & wait $!; done';

export function podReady(t: RowContext, name: string, namespace?: string): Promise<Pod> {
  return reaches(t, name, namespace, 'is ready', (pod) => pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'));
}

export function podRunning(t: RowContext, name: string, namespace?: string): Promise<Pod> {
  return reaches(t, name, namespace, 'runs', (pod) => pod.status?.phase === 'Running');
}

/** Succeeded or failed. */
export function podFinished(t: RowContext, name: string, namespace?: string): Promise<Pod> {
  return reaches(t, name, namespace, 'has finished', (pod) => ['Succeeded', 'Failed'].includes(pod.status?.phase ?? ''));
}

export function podGone(t: RowContext, name: string, namespace?: string): Promise<true> {
  return t.eventually(async () => !(await t.api(pods, namespace).find(name)), 120_000) as Promise<true>;
}

function reaches(t: RowContext, name: string, namespace: string | undefined, what: string, check: (pod: Pod) => boolean | undefined): Promise<Pod> {
  return t.eventually(async () => {
    const pod = await t.api(pods, namespace).get(name);
    if (check(pod)) return pod;
    throw new Error(`pod ${name} never ${what}: ${JSON.stringify(pod.status)}`);
  }, 120_000);
}

/** What the container wrote. */
export async function podLogs(t: RowContext, name: string, container?: string, query: Record<string, string | number | boolean> = {}): Promise<string> {
  const { body } = await t.client.raw({ path: resourcePath(pods, t.namespace, name, 'log'), query: { container, ...query } });
  return (await readAll(body)).toString();
}

/** Runs a program in a container: what it wrote, and its exit code. */
export async function podExec(t: RowContext, name: string, command: readonly string[], container?: string, namespace = t.namespace): Promise<{ stdout: string; stderr: string; code: number }> {
  const written = { stdout: '', stderr: '' };
  const code = await remoteCommand(t.connection, resourcePath(pods, namespace, name, 'exec'), { command, container, stdout: true, stderr: true }, {
    stdout: { write: (chunk) => { written.stdout += Buffer.from(chunk).toString(); } },
    stderr: { write: (chunk) => { written.stderr += Buffer.from(chunk).toString(); } },
    signal: t.signal,
  });
  return { ...written, code };
}

/** Creates the pod, waits for its end and returns what its first container (or the one named) wrote; fails unless it succeeded. */
export async function outputOf(t: RowContext, pod: ReturnType<typeof podOf>, container?: string): Promise<string> {
  await t.api(pods).create({ ...pod, spec: { restartPolicy: 'Never', ...pod.spec } });
  const { status } = await podFinished(t, pod.metadata.name);
  const output = await podLogs(t, pod.metadata.name, container ?? pod.spec.containers[0]!.name);
  if (status?.phase !== 'Succeeded') throw new Error(`pod ${pod.metadata.name} failed: ${JSON.stringify(status)}\n${output}`);
  return output;
}
