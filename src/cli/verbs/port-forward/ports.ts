import type { Pod, Service } from '../../../api/generated/core.v1';

/** One port of ours and the port of the pod behind it; local 0 is any free one. */
export interface ForwardedPort {
  local: number;
  remote: number;
}

type NamedPort = { name?: string; port: number; protocol?: string };

const isNumber = (text: string): boolean => /^[+-]?\d+$/.test(text);

/** `local:remote`, or one port for both. What has more colons is no pair and is refused later. */
function splitPort(text: string): [local: string, remote: string] {
  const parts = text.split(':');
  return parts.length === 2 ? (parts as [string, string]) : [parts[0]!, parts[0]!];
}

const joined = (local: string, remote: string): string => (local === remote ? remote : `${local}:${remote}`);

/** The ports that the arguments mean, names resolved. Throws in the words of kubectl and client-go, in their order. */
export function portsOf(args: readonly string[], pod: Pod, service?: Service): ForwardedPort[] {
  const offered = service ? (service.spec?.ports ?? []) : containerPorts(pod);
  const find = (name: string) => (service ? servicePort(service, name) : containerPort(pod, name));
  refuseUdp(args, offered, find);
  return args.map((arg) => (service ? throughService(arg, service, pod) : ofPod(arg, pod))).map(parsePort);
}

function ofPod(arg: string, pod: Pod): string {
  const [local, remote] = splitPort(arg);
  if (!remote) throw new Error('remote port cannot be empty');
  const number = isNumber(remote) ? remote : String(containerPort(pod, remote));
  return local === remote ? number : joined(local, number);
}

function throughService(arg: string, service: Service, pod: Pod): string {
  const [local, remote] = splitPort(arg);
  const port = isNumber(remote) ? Number(remote) : servicePort(service, remote);
  return joined(local === remote ? String(port) : local, String(targetPort(service, pod, port)));
}

function targetPort({ metadata, spec }: Service, pod: Pod, port: number): number {
  const found = spec?.ports?.find((each) => each.port === port);
  if (!found) throw new Error(`Service ${metadata.name} does not have a service port ${port}`);
  if (spec?.clusterIP === 'None') return port;
  const { targetPort: target } = found;
  if (typeof target === 'string') return containerPort(pod, target);
  return target || found.port;
}

function containerPorts({ spec }: Pod): NamedPort[] {
  return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ ports = [] }) =>
    ports.map(({ containerPort: port, name, protocol }) => ({ port, ...(name && { name }), ...(protocol && { protocol }) })));
}

function containerPort(pod: Pod, name: string): number {
  const found = containerPorts(pod).find((port) => port.name === name);
  if (!found) throw new Error(`Pod '${pod.metadata.name}' does not have a named port '${name}'`);
  return found.port;
}

function servicePort({ metadata, spec }: Service, name: string): number {
  const found = spec?.ports?.find((port) => port.name === name);
  if (!found) throw new Error(`Service '${metadata.name}' does not have a named port '${name}'`);
  return found.port;
}

function refuseUdp(args: readonly string[], offered: readonly NamedPort[], find: (name: string) => number): void {
  const of = (protocol: string) => new Set(offered.filter((port) => port.protocol === protocol).map(({ port }) => port));
  const [udp, tcp] = [of('UDP'), of('TCP')];
  for (const arg of args) {
    const [, remote] = splitPort(arg);
    const port = isNumber(remote) ? Number(remote) : find(remote);
    if (udp.has(port) && !tcp.has(port)) throw new Error(`UDP protocol is not supported for ${remote}`);
  }
}

/** After parsePorts in k8s.io/client-go/tools/portforward. */
function parsePort(text: string): ForwardedPort {
  const parts = text.split(':');
  if (parts.length > 2) throw new Error(`invalid port format '${text}'`);
  const [local, remote] = parts.length === 1 ? [parts[0]!, parts[0]!] : [parts[0] || '0', parts[1]!];
  const port = { local: parseUint16('local', local), remote: parseUint16('remote', remote) };
  if (port.remote === 0) throw new Error('remote port must be > 0');
  return port;
}

function parseUint16(which: string, text: string): number {
  const problem = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 0xffff ? 'value out of range' : '';
  if (problem) throw new Error(`error parsing ${which} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${problem}`);
  return Number(text);
}
