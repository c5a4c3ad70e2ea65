import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { dialThrough, type Relay } from '../../../src/runtime/docker/node/relay';

/** A relay that answers each request line as the table says. */
describe('dialling through the relay', () => {
  let server: Server;
  let relay: Relay;
  let requests: string[];
  let answer: (socket: Socket) => void;

  beforeEach((done) => {
    requests = [];
    server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.once('data', (line) => {
        requests.push(String(line));
        answer(socket);
      });
    }).listen(0, '127.0.0.1', () => {
      relay = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, token: 'secret' };
      done();
    });
  });
  afterEach((done) => { server.close(done); });

  it('asks with the token and hands over the connection, early bytes included', async () => {
    answer = (socket) => {
      socket.write('+hello');
      socket.on('data', (chunk) => socket.end(`you said ${String(chunk)}`));
    };
    const connection = await dialThrough(relay, '10.244.0.5', 80);
    connection.end('bye');
    let text = '';
    for await (const chunk of connection) text += String(chunk);
    expect(text).toBe('helloyou said bye');
    expect(requests).toEqual(['secret 10.244.0.5 80\n']);
  });

  it('asks for the network of a process', async () => {
    answer = (socket) => socket.end('+');
    (await dialThrough(relay, '127.0.0.1', 80, 4711)).destroy();
    expect(requests).toEqual(['secret 127.0.0.1 80 4711\n']);
  });

  it.each([
    ['Connection refused', 'ECONNREFUSED'], ['No route to host', 'EHOSTUNREACH'], ['Connection timed out', 'ETIMEDOUT'], ['Network is unreachable', 'ENETUNREACH'],
  ])('fails as a connection of its own would: %s', async (reason, code) => {
    answer = (socket) => socket.end(`2026/01/31 12:00:00 socat[7] E connect(5, AF=2 10.244.0.5:80, 16): ${reason}\n`);
    await expect(dialThrough(relay, '10.244.0.5', 80)).rejects.toMatchObject({ code, message: `connect ${code} 10.244.0.5:80` });
  });

  it('fails when the relay hangs up', async () => {
    answer = (socket) => socket.end();
    await expect(dialThrough(relay, '10.244.0.5', 80)).rejects.toThrow('connect closed before it was answered 10.244.0.5:80');
  });

  it('fails when there is no relay', async () => {
    await expect(dialThrough({ ...relay, port: 1 }, '10.244.0.5', 80)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each(['web', '10.0.0.1 22\nevil', '::1'])('sends nothing but IPv4 addresses: %j', async (address) => {
    await expect(dialThrough(relay, address, 80)).rejects.toThrow('not an IPv4 address');
    expect(requests).toEqual([]);
  });
});
