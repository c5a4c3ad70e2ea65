import { images } from '../support/pods';
import { nodes } from '../support/resources';
import { rowOnDocker } from '../support/row';
import { allAnswer, askingHttp, askingPod, askingUdp, hostnameServer, hostnameServerUdp, serverPod } from '../support/serving';

rowOnDocker('[sig-network] HostPort validates that there is no conflict between pods with same hostPort but different hostIP and protocol [LinuxOnly]', async (t) => {
  const node = (await t.api(nodes).list()).items[0]!;
  const address = node.status!.addresses!.find(({ type }) => type === 'InternalIP')!.address;
  const place = { nodeName: node.metadata.name };
  const hostPort = 54323;
  const loopback = { ...hostnameServer(8080), ports: [{ containerPort: 8080, hostPort, hostIP: '127.0.0.1' }] };
  const outside = { ...hostnameServer(8080), ports: [{ containerPort: 8080, hostPort, hostIP: address }] };
  const udp = { ...hostnameServerUdp(8080), ports: [{ containerPort: 8080, hostPort, hostIP: address, protocol: 'UDP' as const }] };
  await serverPod(t, 'pod1', {}, [loopback], place);
  await serverPod(t, 'pod2', {}, [outside], place);
  await serverPod(t, 'pod3', {}, [udp], place);
  const from = await askingPod(t, 'on-host', { ...place, hostNetwork: true }, images.socat);
  await allAnswer(t, askingHttp(t, from, '127.0.0.1', hostPort), ['pod1']);
  await allAnswer(t, askingHttp(t, from, address, hostPort), ['pod2']);
  await allAnswer(t, askingUdp(t, from, address, hostPort), ['pod3']);
});
