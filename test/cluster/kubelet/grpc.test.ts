import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { connect, type AddressInfo } from 'node:net';
import { systemClock } from '../../../src/api/clock';
import { checkGrpcHealth } from '../../../src/cluster/kubelet/probes/grpc';

const statuses: Record<string, number[]> = { '': [8, 1], broken: [8, 2], unknown: [] };

/** A health service as google.golang.org/grpc/health has it. */
function serve(stream: ServerHttp2Stream): void {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
    const request = Buffer.concat(chunks).subarray(5);
    const service = request.subarray(2).toString();
    if (service === 'silent') return;
    const message = statuses[service];
    if (!message) return stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': service === 'none' ? '12' : '5', 'grpc-message': 'unknown%20service' }, { endStream: true });
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.from([0, 0, 0, 0, message.length, ...message]));
  });
}

describe('a gRPC health check', () => {
  let server: Http2Server;
  let port: number;
  const network = { dial: async (host: string, to: number) => new Promise<ReturnType<typeof connect>>((resolve, reject) => {
    const socket = connect(to, host).once('connect', () => resolve(socket)).once('error', reject);
  }) };

  beforeAll(async () => {
    server = createServer().on('stream', serve);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const check = (service: string | undefined, to = port, timeoutMs = 5000) => checkGrpcHealth({ port: to, ...(service !== undefined && { service }) }, '127.0.0.1', timeoutMs, { network, clock: systemClock });

  it('succeeds when the service is up', async () => {
    await expect(check(undefined)).resolves.toBeUndefined();
  });

  it.each([
    ['broken', 'service unhealthy (responded with "NOT_SERVING")'],
    ['unknown', 'service unhealthy (responded with "UNKNOWN")'],
    ['nosuch', 'error: health rpc probe failed: rpc error: code = NotFound desc = unknown service'],
    ['none', 'error: this server does not implement the grpc health protocol (grpc.health.v1.Health): unknown service'],
  ])('tells what is wrong: %s', async (service, message) => {
    await expect(check(service)).rejects.toThrow(message);
  });

  it('gives up in time', async () => {
    await expect(check('silent', port, 50)).rejects.toThrow('timeout: health rpc did not complete within 50ms');
  });

  it('tells when nobody listens', async () => {
    await expect(check('', 1)).rejects.toThrow('timeout: failed to connect service "127.0.0.1:1" within 5s: context deadline exceeded');
  });
});
