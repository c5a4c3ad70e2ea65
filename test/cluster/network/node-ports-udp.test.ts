import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { HostPort } from '../../../src/cluster/network/host/plan';
import { listenUdp } from '../../../src/cluster/network/host/udp';
import type { NodeNetwork } from '../../../src/runtime/port';
import { VirtualClock } from '../../simulation/virtual-clock';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

/** The node is 127.0.0.2, which needs no setting up on Linux only. */
onLinux('UDP node ports', () => {
  const bound = (address: string, port = 0) => new Promise<Socket>((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    socket.bind(port, address, () => resolve(socket));
  });
  const ask = (from: Socket, text: string, port: number, to = '127.0.0.1') => new Promise<string>((resolve) => {
    from.once('message', (answer) => resolve(String(answer)));
    from.send(text, port, to);
  });
  const hasIPv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'));

  it('gives each client a flow of its own, until it is idle', async () => {
    const clock = new VirtualClock();
    const node = await bound('127.0.0.2');
    const { port } = node.address();
    node.on('message', (message, from) => node.send(`${String(message)} from ${from.port}`, from.port, from.address));
    const row: HostPort = { use: 'node port', protocol: 'udp', port, entry: { port }, owner: { kind: 'Service', metadata: { name: 'dns', namespace: 'default' } }, nodes: ['n1'], endpoints: [] };
    const networks = new Map([['n1', { address: '127.0.0.2' } as NodeNetwork]]);
    const listener = await listenUdp({ port }, () => row, networks, clock);
    const [one, two] = [await bound('127.0.0.1'), await bound('127.0.0.1')];

    const first = await ask(one, 'a', port);
    expect(first).toMatch(/^a from \d+$/);
    expect(await ask(one, 'a', port)).toBe(first);
    expect(await ask(two, 'a', port)).not.toBe(first);
    expect(clock.pendingTimers).toBe(2);
    await clock.advance(120_000);
    expect(clock.pendingTimers).toBe(0);
    expect(await ask(one, 'b', port)).toMatch(/^b from \d+$/);

    if (hasIPv6) {
      const other = await bound('::1');
      expect(await ask(other, 'c', port, '::1')).toMatch(/^c from \d+$/);
      other.close();
    }

    await listener.close();
    expect(clock.pendingTimers).toBe(0);
    for (const socket of [node, one, two]) socket.close();
  });
});
