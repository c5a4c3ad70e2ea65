import { sleep } from '../../../api/clock';
import type { Container, LifecycleHandler } from '../../../api/generated/core.v1';
import type { Runtime } from '../../../runtime/port';
import { runInContainer } from '../probes/exec';
import { dialOrExplain, httpGet, portNumber, type Dialing } from '../probes/http';

const httpTimeoutMs = 30_000;

/** Runs a postStart or preStop handler. Rejects when it failed. After pkg/kubelet/lifecycle. */
export async function runHook(handler: LifecycleHandler, containerId: string, container: Container, podIP: string, runtime: Runtime, dialing: Dialing): Promise<void> {
  if (handler.exec) {
    const { code, output } = await runInContainer(runtime, dialing.clock, containerId, handler.exec.command ?? []);
    if (code !== 0) throw new Error(`command '${handler.exec.command?.join(' ')}' exited with ${code}: ${output}`);
  } else if (handler.httpGet) {
    await httpGet(handler.httpGet, container, podIP, httpTimeoutMs, 'lifecycle', dialing);
  } else if (handler.sleep) {
    await sleep(dialing.clock, handler.sleep.seconds * 1000);
  } else if (handler.tcpSocket) {
    (await dialOrExplain(dialing.network, handler.tcpSocket.host || podIP, portNumber(handler.tcpSocket.port, container))).destroy();
  }
}
