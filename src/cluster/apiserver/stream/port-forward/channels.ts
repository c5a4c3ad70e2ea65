import { Duplex } from 'node:stream';
import type WebSocket from 'ws';
import type { Pod } from '../../../../api/generated/core.v1';
import type { NodeAgent } from '../../node-agent';
import { framingOf, type Framing } from '../framing';
import { refusal } from './refusal';

/** For clients that have no SPDY: the JavaScript and Python ones. */
export const channelProtocols: readonly string[] = ['v4.channel.k8s.io', 'v4.base64.channel.k8s.io', ''];

/** The ports that a query names; channels have no other way to say them. */
export const portsOf = (query: URLSearchParams): number[] =>
  query.getAll('ports').flatMap((text) => text.split(',')).map(Number).filter((port) => Number.isInteger(port) && port > 0 && port < 65_536);

/**
 * Two channels a port, in the order of the ports: data, and errors from the server. Each begins with the port in two
 * bytes, the lower one first. Source: handleWebSocketStreams in k8s.io/kubelet/pkg/cri/streaming/portforward.
 */
export function forwardChannels(socket: WebSocket, protocol: string, agent: NodeAgent, pod: Pod, ports: readonly number[]): void {
  const framing = framingOf(protocol);
  const channels = ports.map((_port, index) => new DataChannel(socket, framing, index * 2));
  socket.on('message', (data) => {
    const message = framing.unpack(data as Buffer);
    if (message) channels[message.channel / 2]?.receive(message.content);
  });
  socket.once('close', () => channels.forEach((channel) => void channel.destroy()));
  socket.on('error', () => socket.terminate());
  const running = ports.map((port, index) => forward(agent, pod, port, channels[index]!));
  void Promise.all(running).then(() => socket.close(1000));
}

async function forward(agent: NodeAgent, pod: Pod, port: number, channel: DataChannel): Promise<void> {
  channel.begin(port);
  try {
    const connection = await agent.portForward(pod, port);
    await new Promise<void>((resolve) => {
      channel.pipe(connection).on('error', () => channel.destroy());
      connection.pipe(channel);
      // What the pod's end has closed is over: a channel has no way to say so, and nothing to wait for.
      for (const event of ['finish', 'close']) channel.once(event, () => void connection.destroy());
      connection.once('close', resolve);
    });
  } catch (failure) {
    channel.report(refusal(pod, port, failure));
  }
}

class DataChannel extends Duplex {
  constructor(private readonly socket: WebSocket, private readonly framing: Framing, private readonly number: number) {
    super({ allowHalfOpen: true });
    this.on('error', () => undefined);
  }

  begin(port: number): void {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(port);
    this.#send(this.number, bytes);
    this.#send(this.number + 1, bytes);
  }

  report(text: string): void {
    this.#send(this.number + 1, Buffer.from(text));
  }

  receive(content: Buffer): void {
    if (content.length && !this.destroyed && !this.push(content)) this.socket.pause();
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#send(this.number, chunk, done);
  }

  #send(channel: number, content: Buffer, done: () => void = () => undefined): void {
    if (this.socket.readyState !== this.socket.OPEN) return done();
    this.socket.send(this.framing.pack(channel, content), () => done());
  }
}
