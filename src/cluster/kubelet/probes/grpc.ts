import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';
import { formatGoDuration } from '../../../api/duration';
import type { GRPCAction } from '../../../api/generated/core.v1';
import { within } from './deadline';
import { dialWithin, type Dialing } from './http';

const servingStatuses = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];
const serving = 'SERVING';

/** google.golang.org/grpc/codes, in the order of their numbers. */
const codes = [
  'OK', 'Canceled', 'Unknown', 'InvalidArgument', 'DeadlineExceeded', 'NotFound', 'AlreadyExists', 'PermissionDenied', 'ResourceExhausted',
  'FailedPrecondition', 'Aborted', 'OutOfRange', 'Unimplemented', 'Internal', 'Unavailable', 'DataLoss', 'Unauthenticated',
];

interface Answer {
  /** A name of `codes`. */
  code: string;
  message: string;
  body: Buffer;
}

/**
 * Asks grpc.health.v1.Health over HTTP/2 without TLS. Resolves when the service is healthy; rejects with what is
 * wrong, in the words of pkg/probe/grpc.
 */
export async function checkGrpcHealth({ port, service = '' }: GRPCAction, host: string, timeoutMs: number, dialing: Dialing): Promise<void> {
  const { clock } = dialing;
  const address = `${host}:${port}`;
  const timeout = formatGoDuration(timeoutMs);
  const startMs = clock.now();
  // Upstream goes on dialing until the time is over; what it says then is said at once here.
  const unreachable = `timeout: failed to connect service "${address}" within ${timeout}: context deadline exceeded`;
  const socket = await dialWithin(dialing, host, port, timeoutMs, unreachable).catch(() => {
    throw new Error(unreachable);
  });
  const leftMs = Math.max(0, timeoutMs - (clock.now() - startMs));
  const late = `timeout: health rpc did not complete within ${timeout}`;
  const answer = await within(clock, leftMs, (onCancel) => {
    onCancel(() => socket.destroy());
    return call(socket, address, service);
  }, late);
  judge(answer, late);
}

function judge({ code, message, body }: Answer, late: string): void {
  if (code === 'Unimplemented') throw new Error(`error: this server does not implement the grpc health protocol (grpc.health.v1.Health): ${message}`);
  if (code === 'DeadlineExceeded') throw new Error(late);
  if (code !== 'OK') throw new Error(`error: health rpc probe failed: rpc error: code = ${code} desc = ${message}`);
  const status = readStatus(body);
  if (status !== serving) throw new Error(`service unhealthy (responded with "${status}")`);
}

function call(socket: Duplex, authority: string, service: string): Promise<Answer> {
  return new Promise((resolve) => {
    const session: ClientHttp2Session = connect(`http://${authority}`, { createConnection: () => socket });
    const end = (answer: Answer) => {
      resolve(answer);
      session.destroy();
      socket.destroy();
    };
    const fail = (error: Error) => end({ code: 'Unavailable', message: `connection error: desc = "${error.message}"`, body: Buffer.alloc(0) });
    session.on('error', fail);
    const stream = session.request({
      ':method': 'POST', ':path': '/grpc.health.v1.Health/Check', 'content-type': 'application/grpc', te: 'trailers', 'user-agent': 'kube-probe/1.33 grpc-node',
    });
    stream.on('error', fail);
    read(stream, end);
    stream.end(frame(healthRequest(service)));
  });
}

/** The status of a call is in the trailers, or in the headers where there is nothing else. */
function read(stream: ClientHttp2Stream, end: (answer: Answer) => void): void {
  const chunks: Buffer[] = [];
  let told: IncomingHttpHeaders = {};
  const take = (headers: IncomingHttpHeaders) => (told = { ...told, ...headers });
  stream.on('response', take).on('trailers', take).on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    const grpcStatus = told['grpc-status'];
    const body = Buffer.concat(chunks).subarray(frameHeaderBytes);
    if (grpcStatus !== undefined) return end({ code: codes[Number(grpcStatus)] ?? `Code(${String(grpcStatus)})`, message: percentDecoded(String(told['grpc-message'] ?? '')), body });
    const httpStatus = Number(told[constants.HTTP2_HEADER_STATUS]);
    const code = httpStatus === 404 ? 'Unimplemented' : 'Unknown';
    end({ code, message: `unexpected HTTP status code received from server: ${httpStatus}`, body });
  });
}

/** What is no escape stands for itself. */
const percentDecoded = (text: string) => Buffer.from(text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString();

const frameHeaderBytes = 5;

/** Not compressed. */
function frame(message: Buffer): Buffer {
  const header = Buffer.alloc(frameHeaderBytes);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

/** HealthCheckRequest {service: string = 1} */
function healthRequest(service: string): Buffer {
  const text = Buffer.from(service);
  return text.length === 0 ? text : Buffer.concat([Buffer.from([0x0a, ...varint(text.length)]), text]);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

/** HealthCheckResponse {status: enum = 1}; the first value of an enum is left out. */
function readStatus(message: Buffer): string {
  const value = message[0] === 0x08 ? (message[1] ?? 0) : 0;
  return servingStatuses[value] ?? String(value);
}
