import { images } from '../../support/pods';
import { nodes } from '../../support/resources';
import { rowOnDocker, type RowContext } from '../../support/row';
import { allAnswer, askingHttp, askingPod, askingUdp, hostnameServer, hostnameServerUdp, serverPod } from '../../support/serving';

const label = (name: string) => `[sig-network] Networking Granular Checks: Pods should function for ${name} [NodeConformance]`;
const [httpPort, udpPort] = [8083, 8081];

/** One server on each node. */
async function servers(t: RowContext): Promise<{ name: string; address: string }[]> {
  const { items } = await t.api(nodes).list();
  return Promise.all(items.map(async ({ metadata }) => {
    const name = `server-${metadata.name}`;
    const pod = await serverPod(t, name, {}, [hostnameServer(httpPort), hostnameServerUdp(udpPort)], { nodeName: metadata.name });
    return { name, address: pod.status!.podIP! };
  }));
}

async function reachesAll(t: RowContext, from: string, ask: typeof askingUdp, port: number): Promise<void> {
  for (const { name, address } of await servers(t)) await allAnswer(t, ask(t, from, address, port), [name]);
}

rowOnDocker(label('intra-pod communication: http'), async (t) => reachesAll(t, await askingPod(t), askingHttp, httpPort));
rowOnDocker(label('intra-pod communication: udp'), async (t) => reachesAll(t, await askingPod(t, 'asking', {}, images.socat), askingUdp, udpPort));
rowOnDocker(label('node-pod communication: http [LinuxOnly]'), async (t) => reachesAll(t, await askingPod(t, 'on-host', { hostNetwork: true }), askingHttp, httpPort));
rowOnDocker(label('node-pod communication: udp [LinuxOnly]'), async (t) => reachesAll(t, await askingPod(t, 'on-host', { hostNetwork: true }, images.socat), askingUdp, udpPort));
