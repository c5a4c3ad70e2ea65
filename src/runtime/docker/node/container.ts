import { createHash, randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import type { NodeSpec } from '../../port';
import { RuntimeFailure } from '../../port';
import { nodeImage } from './node-image';
import { mainScript } from './main-script';
import { labels, networkName, nodeContainerName, relayPort } from './names';
import { ignoreStatus } from './network';
import type { Relay } from './relay';

/** A running node container. */
export interface RunningNode {
  id: string;
  /** Of the main process, the relay. */
  pid: number;
  startedAtMs: number;
  /** On the profile's bridge. */
  address: string;
  relay: Relay;
}

export interface ContainerRequest {
  docker: Docker;
  profile: string;
  node: NodeSpec;
  /** The engine is in a virtual machine: container addresses cannot be reached from here, published ports can. */
  publishRelay: boolean;
  onStep: (step: string) => void;
}

/** Running, made or started where needed; one of another make is replaced. */
export async function ensureContainer(request: ContainerRequest): Promise<RunningNode> {
  const { docker, profile, node, onStep } = request;
  const name = nodeContainerName(profile, node.name);
  const wanted = specOf(request);
  const known = await docker.getContainer(name).inspect().catch(ignoreStatus(404));
  if (known?.Config.Labels[labels.spec] === wanted) {
    if (known.State.Running) return describe(known, request);
    onStep(`Starting the node container ${name}`);
    // 304: a restart that somebody else asked for came first.
    await docker.getContainer(known.Id).start().catch(ignoreStatus(304));
    return describe(await docker.getContainer(known.Id).inspect(), request);
  }
  if (known) await docker.getContainer(known.Id).remove({ force: true, v: true }).catch(ignoreStatus(404));
  onStep(`Starting the node container ${name}`);
  const container = await docker.createContainer(createOptions(request, { name, spec: wanted, token: randomBytes(16).toString('hex') }));
  await container.start();
  return describe(await container.inspect(), request);
}

/** Other running node containers of the profile: what this node needs routes to, and they to it. */
export async function otherNodes(docker: Docker, profile: string, selfId: string): Promise<{ id: string; podCIDR: string; address: string }[]> {
  const filters = { label: [`${labels.profile}=${profile}`, `${labels.role}=node`], status: ['running'] };
  const found = await docker.listContainers({ filters });
  return found.filter(({ Id }) => Id !== selfId).map(({ Id, Labels, NetworkSettings }) => ({
    id: Id, podCIDR: Labels[labels.podCIDR]!, address: NetworkSettings.Networks[networkName(profile)]!.IPAddress,
  }));
}

interface Particulars {
  name: string;
  spec: string;
  token: string;
}

function createOptions({ profile, node, publishRelay }: ContainerRequest, { name, spec, token }: Particulars): Docker.ContainerCreateOptions {
  const port = `${relayPort}/tcp`;
  return {
    name,
    Image: nodeImage,
    Hostname: node.name,
    Cmd: ['/bin/sh', '-c', mainScript(node.podCIDR)],
    Env: [`KNARR_TOKEN=${token}`],
    Labels: { [labels.profile]: profile, [labels.role]: 'node', [labels.node]: node.name, [labels.podCIDR]: node.podCIDR, [labels.spec]: spec },
    StopSignal: 'SIGKILL',
    ...(publishRelay && { ExposedPorts: { [port]: {} } }),
    HostConfig: {
      NetworkMode: networkName(profile),
      PidMode: 'host',
      CapAdd: ['NET_ADMIN', 'SYS_ADMIN', 'SYS_PTRACE', 'NET_RAW'],
      SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
      ReadonlyPaths: [],
      MaskedPaths: [],
      Sysctls: {
        'net.ipv4.ip_forward': '1', 'net.ipv4.conf.all.route_localnet': '1',
        'net.ipv4.conf.all.send_redirects': '0', 'net.ipv4.conf.default.send_redirects': '0',
        'net.ipv4.conf.all.rp_filter': '0', 'net.ipv4.conf.default.rp_filter': '0',
      },
      ...(publishRelay && { PortBindings: { [port]: [{ HostIp: '127.0.0.1', HostPort: '' }] } }),
    },
  };
}

/** Changes with anything that a running container cannot take over. */
function specOf(request: ContainerRequest): string {
  const options = JSON.stringify(createOptions(request, { name: '', spec: '', token: '' }));
  return createHash('sha256').update(options).digest('hex').slice(0, 16);
}

function describe(of: Docker.ContainerInspectInfo, { profile, publishRelay }: ContainerRequest): RunningNode {
  const address = of.NetworkSettings.Networks[networkName(profile)]?.IPAddress;
  const token = of.Config.Env.find((line) => line.startsWith('KNARR_TOKEN='))?.slice('KNARR_TOKEN='.length);
  const published = of.NetworkSettings.Ports[`${relayPort}/tcp`]?.[0]?.HostPort;
  if (!of.State.Running || !address || !token) throw new RuntimeFailure('StartFailed', `the node container ${of.Name.slice(1)} does not run: ${of.State.Error || `exit code ${of.State.ExitCode}`}`);
  const relay = publishRelay ? { host: '127.0.0.1', port: Number(published), token } : { host: address, port: relayPort, token };
  return { id: of.Id, pid: of.State.Pid, startedAtMs: Date.parse(of.State.StartedAt), address, relay };
}
