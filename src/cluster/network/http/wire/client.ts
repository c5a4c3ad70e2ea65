import type { Socket } from 'node:net';
import { decide } from '../decide';
import type { ForwardContext, ForwardDecision } from '../exchange';
import { readHead, type GivenConnection, type GivenHead } from '../read-head';
import type { PublicPorts } from '../rewrite';
import type { RequestHead, Route } from '../route';
import { WireExchange, type AnswerSink, type WireRequest } from './exchange';
import { isFieldValue, readRequest, requestRecord, type RequestText } from './message';
import type { Upstreams } from './upstreams';

export interface WireOptions extends Pick<ForwardContext, 'clock' | 'random'> {
  readonly upstreams: Upstreams;
  readonly secure: boolean;
  /** That the client came to. */
  readonly port: number;
  readonly ports: () => PublicPorts;
  readonly find: (head: RequestHead) => Route | object;
  /** Between two requests. */
  readonly idleMs: number;
  /** Takes over the connection, and with it what was read but not served. */
  readonly otherwise: (socket: Socket) => void;
}

/** Small bodies go into one write with the head. */
const joinedBytesMax = 16 * 1024;

/**
 * A client's connection as long as its requests are plain ones that go to a target as they came. The first one that is
 * not hands the connection over for good.
 */
export class WireClient implements AnswerSink {
  private exchange: WireExchange | undefined;
  private text: RequestText | undefined;
  /** What has come behind the request that is being served. */
  private next: Buffer | undefined;
  private isClosing = false;
  private ports: PublicPorts | undefined;
  private readonly connection: GivenConnection;
  private readonly listeners: readonly (readonly [event: string, listener: (chunk: Buffer) => void])[] = [
    ['data', (chunk) => this.take(chunk)],
    ['drain', () => this.exchange?.drained()],
    ['end', () => this.ended()],
    ['timeout', () => this.exchange ?? this.socket.destroy()],
    ['error', () => this.socket.destroy()],
    ['close', () => this.exchange?.cancel()],
  ];

  constructor(private readonly socket: Socket, private readonly options: WireOptions) {
    this.connection = { secure: options.secure, port: options.port, address: socket.remoteAddress ?? '' };
    for (const [event, listener] of this.listeners) socket.on(event, listener);
    socket.setTimeout(options.idleMs);
  }

  write(head: string, body: Buffer | undefined): boolean {
    const { socket } = this;
    if (socket.destroyed) return true;
    if (!body) return socket.write(head, 'latin1');
    if (head === '') return socket.write(body);
    if (body.length <= joinedBytesMax) return socket.write(head + body.toString('latin1'), 'latin1');
    socket.cork();
    socket.write(head, 'latin1');
    const isTaken = socket.write(body);
    socket.uncork();
    return isTaken;
  }

  done(): void {
    this.exchange = undefined;
    if (this.text?.closes) return this.close();
    const { next } = this;
    if (!next) return;
    this.next = undefined;
    this.socket.resume();
    this.take(next);
  }

  abort(): void {
    this.exchange = undefined;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    if (this.isClosing) return;
    if (this.exchange) {
      this.next = this.next ? Buffer.concat([this.next, chunk]) : chunk;
      this.socket.pause();
      return;
    }
    const text = readRequest(chunk);
    const exchange = text && this.exchangeFor(text, chunk);
    if (!exchange) return this.handOver(chunk);
    this.text = text;
    this.exchange = exchange;
    if (text.endsAt < chunk.length) {
      this.next = chunk.subarray(text.endsAt);
      this.socket.pause();
    }
    exchange.start();
  }

  /** Whoever takes over meets the same error and answers with it. */
  private exchangeFor(text: RequestText, chunk: Buffer): WireExchange | undefined {
    try {
      const request = this.requestOf(text, chunk);
      return request && new WireExchange(request, this.options, this);
    } catch {
      return undefined;
    }
  }

  /** Undefined: it is not to be forwarded, or not as it is. */
  private requestOf(text: RequestText, chunk: Buffer): WireRequest | undefined {
    const { find, random } = this.options;
    const read = readHead(new GivenText(text), this.connection);
    const route = find(read.head);
    if (!('match' in route)) return undefined;
    this.ports ??= { ...this.options.ports(), own: this.options.port };
    const decision = decide(route, read.head, { ports: this.ports, random });
    const bodyBytes = text.endsAt - text.bodyAt;
    if (decision.do !== 'forward' || !isCarried(decision, bodyBytes)) return undefined;
    return { head: read.head, facts: read.facts, text, decision, body: bodyBytes ? chunk.subarray(text.bodyAt, text.endsAt) : undefined };
  }

  /** As with Node's servers and nginx, a client that ends while it is being served does not wait for the answer. */
  private ended(): void {
    if (this.exchange) this.socket.destroy();
    else this.socket.end();
  }

  /** What the client sends from now on is no request. */
  private close(): void {
    this.isClosing = true;
    this.socket.resume().end();
  }

  private handOver(chunk: Buffer): void {
    const { socket } = this;
    for (const [event, listener] of this.listeners) socket.off(event, listener);
    socket.setTimeout(0).pause().unshift(chunk);
    this.options.otherwise(socket);
    socket.resume();
  }
}

/** Most routes ask for no header. */
class GivenText implements GivenHead {
  private record: Record<string, string> | undefined;

  constructor(private readonly text: RequestText) {}

  get method(): string {
    return this.text.method;
  }

  get host(): string {
    return this.text.host;
  }

  get url(): string {
    return this.text.target;
  }

  get headers(): Record<string, string> {
    return (this.record ??= requestRecord(this.text.raw));
  }
}

/** A mirror gets a copy, a body too large an answer, and what cannot be sent a refusal: elsewhere. */
function isCarried({ path, route: { policy }, backend }: ForwardDecision, bodyBytes: number): boolean {
  if (policy.mirrors || (policy.bodyBytesMax !== undefined && bodyBytes > policy.bodyBytesMax) || !/^\/[\x21-\x7e]*$/.test(path)) return false;
  if (!policy.edits && !backend.edits && policy.upstreamHost === undefined) return true;
  const values = [policy.upstreamHost ?? '', ...[policy.edits?.request, backend.edits?.request].flatMap((edits) => [...edits?.set ?? [], ...edits?.add ?? []].map(([, value]) => value))];
  return values.every(isFieldValue);
}
