import type { Container, Probe } from '../../../api/generated/core.v1';
import type { Runtime } from '../../../runtime/port';
import type { ProbeType } from '../decide/view';
import { expand } from '../env/expansion';
import { runInContainer } from './exec';
import { checkGrpcHealth } from './grpc';
import { dialWithin, httpGet, portNumber, type Dialing } from './http';

export interface ProbeTarget {
  containerId: string;
  container: Container;
  podIP: string;
}

/** `unknown`: the probe itself could not be made; it says nothing about the container. */
export interface ProbeOutcome {
  result: 'success' | 'failure' | 'unknown';
  output: string;
}

const okay = (output = ''): ProbeOutcome => ({ result: 'success', output });
const bad = (output: string): ProbeOutcome => ({ result: 'failure', output });

/** Tries once. Never rejects. After pkg/kubelet/prober and pkg/probe. */
export async function runProbe(type: ProbeType, probe: Probe, target: ProbeTarget, runtime: Runtime, dialing: Dialing): Promise<ProbeOutcome> {
  const known = runtime.probe?.(target.containerId, { type });
  if (known) return known.ok ? okay(known.output) : bad(known.output);
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  try {
    if (probe.exec) return await execProbe(probe.exec.command ?? [], target, timeoutMs, runtime, dialing);
    if (probe.httpGet) return await httpProbe(probe, target, timeoutMs, dialing);
    if (probe.tcpSocket) return await tcpProbe(probe, target, timeoutMs, dialing);
    if (probe.grpc) return await grpcProbe(probe, target, timeoutMs, dialing);
    return { result: 'unknown', output: `missing probe handler for ${target.container.name}` };
  } catch (error) {
    return { result: 'unknown', output: (error as Error).message };
  }
}

async function execProbe(command: string[], { containerId, container }: ProbeTarget, timeoutMs: number, runtime: Runtime, { clock }: Dialing): Promise<ProbeOutcome> {
  const variable = (name: string) => container.env?.find((candidate) => candidate.name === name)?.value;
  const { code, output } = await runInContainer(runtime, clock, containerId, command.map((word) => expand(word, variable)), timeoutMs);
  return code === 0 ? okay(output) : bad(output);
}

async function httpProbe({ httpGet: action }: Probe, { container, podIP }: ProbeTarget, timeoutMs: number, dialing: Dialing): Promise<ProbeOutcome> {
  try {
    const status = await httpGet(action!, container, podIP, timeoutMs, 'probe', dialing);
    return status >= 200 && status < 400 ? okay() : bad(`HTTP probe failed with statuscode: ${status}`);
  } catch (error) {
    return bad((error as Error).message);
  }
}

async function grpcProbe({ grpc }: Probe, { podIP }: ProbeTarget, timeoutMs: number, dialing: Dialing): Promise<ProbeOutcome> {
  try {
    await checkGrpcHealth(grpc!, podIP, timeoutMs, dialing);
    return okay('service healthy');
  } catch (error) {
    return bad((error as Error).message);
  }
}

async function tcpProbe({ tcpSocket }: Probe, { container, podIP }: ProbeTarget, timeoutMs: number, dialing: Dialing): Promise<ProbeOutcome> {
  const host = tcpSocket!.host || podIP;
  const port = portNumber(tcpSocket!.port, container);
  try {
    const socket = await dialWithin(dialing, host, port, timeoutMs, `dial tcp ${host}:${port}: i/o timeout`);
    socket.destroy();
    return okay();
  } catch (error) {
    return bad((error as Error).message);
  }
}
