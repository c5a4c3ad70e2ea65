import { Writable } from 'node:stream';
import type WebSocket from 'ws';
import { ApiError, badRequest } from '../../../api/errors';
import type { Exchange, Outgoing, Reply } from '../http/exchange';
import { negotiate, offerOf } from '../http/media-type';
import { whole } from '../http/respond';
import type { VerbTarget } from '../http/verbs/verb';
import type { Upgrade, UpgradeHandler } from './upgrade';
import { acceptWebSocket } from './websocket';

/** For browsers: what a GET streams, as the messages of a WebSocket. Source: WatchServer.HandleWS and responsewriters.StreamObject. */

type Streamed = (exchange: Exchange, target: VerbTarget) => Promise<Reply | void> | Reply | void;

/** How the bytes become messages. */
type Messages = (chunk: Buffer) => (Buffer | string)[];

const lines: Messages = (chunk) => chunk.toString().split('\n').filter(Boolean);
const bytes: Messages = (chunk) => [chunk];
const base64: Messages = (chunk) => [chunk.toString('base64')];

/** One text message an event, in JSON. */
export const watchOverWebSocket = (watch: Streamed): UpgradeHandler => async (upgrade, target) => {
  const { accept } = upgrade.request.headers;
  if (negotiate(accept, offerOf(target.kind)).format !== 'json') throw new ApiError('NotAcceptable', 'a watch over a WebSocket is served as application/json');
  const offered = String(upgrade.request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (offered.length > 1) throw badRequest('a watch takes no more than one WebSocket protocol');
  await stream(watch, upgrade, target, offered, () => lines);
};

const byteProtocols = ['', 'binary.k8s.io', 'base64.binary.k8s.io'];

export const logOverWebSocket = (log: Streamed): UpgradeHandler => (upgrade, target) =>
  stream(log, upgrade, target, byteProtocols, (protocol) => (protocol.startsWith('base64') ? base64 : bytes));

async function stream(serve: Streamed, upgrade: Upgrade, target: VerbTarget, protocols: readonly string[], messages: (protocol: string) => Messages): Promise<void> {
  const response = new WebSocketResponse(async () => {
    const { webSocket, protocol } = await acceptWebSocket(upgrade, protocols);
    return { webSocket, messages: messages(protocol) };
  });
  const reply = await serve({ ...upgrade.exchange, response: response as unknown as Outgoing }, target);
  if (!reply) return;
  response.writeHead();
  response.end(whole(reply));
}

/** A response that is accepted as a WebSocket when its head is written: until then failures are answers in plain HTTP. */
class WebSocketResponse extends Writable {
  headersSent = false;
  #accepted: Promise<{ webSocket: WebSocket; messages: Messages }> | undefined;

  constructor(private readonly accept: () => Promise<{ webSocket: WebSocket; messages: Messages }>) {
    super();
    this.on('error', () => undefined);
  }

  writeHead(): this {
    this.headersSent = true;
    this.#accepted = this.accept();
    this.#accepted.then(({ webSocket }) => {
      webSocket.once('close', () => this.destroy());
      webSocket.on('error', () => webSocket.terminate());
    }, (error: Error) => this.destroy(error));
    return this;
  }

  flushHeaders(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#accepted!.then(({ webSocket, messages }) => {
      const all = messages(chunk);
      all.forEach((message, at) => webSocket.send(message, () => at === all.length - 1 && done()));
      if (!all.length) done();
    }, done);
  }

  override _final(done: () => void): void {
    void this.#accepted?.then(({ webSocket }) => webSocket.close(1000), () => undefined);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    void this.#accepted?.then(({ webSocket }) => webSocket.terminate(), () => undefined);
    done(error);
  }
}
