import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Container, Pod, PodSpec, Service } from '../../../src/api/generated/core.v1';
import { images, podExec, podOf, podReady, shell, untilTold } from './pods';
import { pods, services } from './resources';
import type { RowContext } from './row';

/** A container that answers each HTTP request with its hostname. */
export const hostnameServer = (port: number, name = 'server'): Container => ({
  name, image: images.nginx, ports: [{ containerPort: port }], readinessProbe: { httpGet: { port }, periodSeconds: 1, timeoutSeconds: 5 },
  command: ['sh', '-c', `echo 'server { listen ${port}; location / { return 200 "$hostname\\n"; } }' > /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'`],
});

/** The same with UDP: an answer to each datagram. */
export const hostnameServerUdp = (port: number, name = 'server-udp'): Container => ({
  name, image: images.socat, command: ['socat', `UDP-LISTEN:${port},fork`, 'SYSTEM:hostname'], ports: [{ containerPort: port, protocol: 'UDP' }],
});

export async function serverPod(t: RowContext, name: string, labels: Record<string, string>, containers: Container[], more: Partial<PodSpec> = {}): Promise<Pod> {
  await t.api(pods).create(podOf(name, containers, more, labels));
  return podReady(t, name);
}

/** A pod to ask from; to speak UDP it needs another image. */
export async function askingPod(t: RowContext, name = 'asking', more: Partial<PodSpec> = {}, image: string = images.busybox): Promise<string> {
  await t.api(pods).create(podOf(name, [{ ...shell('main', untilTold), image }], more));
  await podReady(t, name);
  return name;
}

/** A script in the pod, some times in a row: what each said, '' where nothing answered. To run a program in a container is dear, so that one does for all. */
async function repeatedly(t: RowContext, pod: string, script: string, times: number): Promise<string[]> {
  const { stdout } = await podExec(t, pod, ['sh', '-c', `for turn in $(seq ${times}); do echo "$(${script} 2>/dev/null)"; done`]);
  return stdout.split('\n').slice(0, times).map((line) => line.trim());
}

/** Asks from within a pod: an answer each time. */
export type Ask = (times: number) => Promise<string[]>;

export const askingHttp = (t: RowContext, pod: string, address: string, port: number): Ask => (times) => repeatedly(t, pod, `timeout 5 wget -q -O - http://${address}:${port}/`, times);

export const askingUdp = (t: RowContext, pod: string, address: string, port: number): Ask => (times) => repeatedly(t, pod, `echo hello | socat -t 3 - UDP:${address}:${port}`, times);

/** From this machine, a connection each time. */
export const askingFromHost = (port: number): Ask => async () => [await new Promise<string>((resolve, reject) => {
  get({ host: '127.0.0.1', port, agent: false }, (response) => text(response).then((said) => resolve(said.trim()), reject)).once('error', reject);
})];

/** Asks until every one of the expected has answered. */
export async function allAnswer(t: RowContext, ask: Ask, expected: readonly string[]): Promise<void> {
  const heard = new Set<string>();
  await t.eventually(async () => {
    for (const answer of await ask(expected.length > 1 ? 8 : 1)) heard.add(answer);
    return expected.every((name) => heard.has(name));
  }, 300_000);
}

/** From now on, or soon, this one answers alone. */
export const onlyAnswers = (t: RowContext, ask: Ask, name: string): Promise<true> =>
  t.eventually(async () => (await ask(8)).every((answer) => answer === name), 300_000) as Promise<true>;

export type ServiceSpec = NonNullable<Service['spec']>;

export const makeService = (t: RowContext, name: string, spec: ServiceSpec): Promise<Service> => t.api(services).create({ metadata: { name }, spec });
