import { STATUS_CODES } from 'node:http';
import { answerHeaders } from '../answer-headers';
import type { ForwardContext, ForwardDecision } from '../exchange';
import { readTimeoutMs } from '../forward';
import { upstreamHeaders } from '../headers';
import { pageOf } from '../pages';
import type { ReadHead } from '../read-head';
import type { Target } from '../route';
import { chooseTarget, mayTryAgain, problemOf, type ForwardError } from '../tries';
import { AnswerReader, type Piece } from './answer-reader';
import { idleMsOf } from './framing';
import { answerRecord, isFieldValue, onlyField, type AnswerText, type RequestText } from './message';
import { answerHead, plainAnswerHead, requestHead } from './write-head';
import type { Upstream } from './upstream';
import type { Upstreams } from './upstreams';

/** The client's side of one request. */
export interface AnswerSink {
  /** A head in Latin-1, bytes of the body, or both. False: wait for `drained`. */
  write(head: string, body: Buffer | undefined): boolean;
  /** The answer is whole. */
  done(): void;
  /** The answer is cut short. */
  abort(): void;
}

export interface WireContext extends Pick<ForwardContext, 'clock' | 'random'> {
  readonly upstreams: Upstreams;
}

export interface WireRequest extends ReadHead {
  readonly text: RequestText;
  readonly body: Buffer | undefined;
  readonly decision: ForwardDecision;
}

/** What the client's connection is told, as Node's own servers do. */
const keptOpen = 'connection: keep-alive\r\nkeep-alive: timeout=75\r\n';
const closed = 'connection: close\r\n';

const lastChunk = Buffer.from('0\r\n\r\n');

/** One request: the bytes to a target, another one when that cannot do harm, and the answer's bytes back. */
export class WireExchange {
  private readonly tried: Target[] = [];
  private readonly head: string;
  private reader!: AnswerReader;
  private upstream: Upstream | undefined;
  private answer: AnswerText | undefined;
  /** The client has got a part of the answer. */
  private begun = false;
  private ended = false;
  private paused = false;
  private readonly cancelTimeout: (() => void) | undefined;

  constructor(private readonly request: WireRequest, private readonly context: WireContext, private readonly sink: AnswerSink) {
    const { text, body, facts, decision: { route: { policy }, backend, path } } = request;
    this.head = requestHead(text.method, path, upstreamHeaders(text.raw, facts, policy.upstreamHost, [policy.edits?.request, backend.edits?.request]), body);
    const { requestTimeoutMs } = policy;
    if (requestTimeoutMs) this.cancelTimeout = context.clock.schedule(requestTimeoutMs, () => this.fail(504, `no answer within ${requestTimeoutMs} ms`));
  }

  start(): void {
    const { decision: { backend, route: { policy } } } = this.request;
    const { upstreams, random } = this.context;
    const target = chooseTarget({ decision: this.request.decision, head: this.request.head }, random, this.tried);
    this.tried.push(target);
    const resting = upstreams.take(backend, target);
    if (resting) return this.send(resting);
    upstreams.open(backend, target, policy.connectTimeoutMs).then((upstream) => {
      if (this.ended) upstreams.give(upstream, unusedIdleMs);
      else this.send(upstream);
    }, (error: ForwardError) => this.failed(error));
  }

  /** The client is gone. */
  cancel(): void {
    this.end();
  }

  /** The client has taken what was written. */
  drained(): void {
    if (!this.paused) return;
    this.paused = false;
    this.upstream?.resume();
  }

  private send(upstream: Upstream): void {
    const { text, body, decision } = this.request;
    this.upstream = upstream;
    this.reader = new AnswerReader(text.method);
    upstream.use(this, decision.route.policy.readTimeoutMs ?? readTimeoutMs);
    upstream.write(this.head, body);
  }

  /** From the target. */
  data(chunk: Buffer): void {
    const piece = this.reader.read(chunk);
    if (!piece) return this.failed(new Error('it answers with what is not HTTP, or does not say plainly where the answer ends'), false);
    if (piece.head) this.begin(piece.head, piece);
    else if (piece.body.length) this.write('', piece.body);
    if (piece.isWhole) this.finish(piece.hasSurplus ? 0 : idleMsOf(this.answer!));
  }

  over(error?: ForwardError): void {
    this.upstream = undefined;
    if (error || this.reader.framing?.by !== 'close') return this.failed(error ?? new Error('the connection was closed before the answer was whole'));
    this.sink.write('', lastChunk);
    this.finish(0);
  }

  late(): void {
    // A client that takes its time is no fault of the target's.
    if (!this.paused) this.failed(Object.assign(new Error('no answer in time'), { code: 'HEADERS_TIMEOUT' }));
  }

  private begin(head: AnswerText, { body }: Piece): void {
    this.answer = head;
    const text = isEdited(this.request.decision) ? this.editedHead(head) : plainAnswerHead(head, this.ownFields(head));
    if (text === undefined) return this.fail(500, `${this.request.decision.route.owner} sets a header to what cannot be sent`);
    this.begun = true;
    this.write(text, body.length ? body : undefined);
  }

  /** Undefined: an edit puts in what cannot be sent. */
  private editedHead({ status, reason, raw }: AnswerText): string | undefined {
    const { head, decision } = this.request;
    const headers = answerHeaders({ head, decision }, answerRecord(raw), this.tried.at(-1)!);
    if (status === 204) delete headers['content-length'];
    const isSendable = Object.values(headers).flat().every(isFieldValue);
    return isSendable ? answerHead(status, reason, headers, this.ownFields({ raw })) : undefined;
  }

  /** What this side of the proxy says of the message and its connection. */
  private ownFields({ raw }: Pick<AnswerText, 'raw'>): string {
    const date = onlyField(raw, 'date') === undefined ? `date: ${new Date(this.context.clock.now()).toUTCString()}\r\n` : '';
    const chunks = this.reader.framing!.by === 'length' ? '' : 'transfer-encoding: chunked\r\n';
    return `${date}${chunks}${this.request.text.closes ? closed : keptOpen}`;
  }

  /** What has no chunks of its own gets some. */
  private write(head: string, body: Buffer | undefined): void {
    const isFramed = this.reader.framing!.by !== 'close' || !body;
    const isTaken = this.sink.write(head, isFramed ? body : Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]));
    if (isTaken || this.paused || this.ended) return;
    this.paused = true;
    this.upstream?.pause();
  }

  private failed(error: ForwardError, mayRepeat = true): void {
    if (this.ended) return;
    const { head, decision } = this.request;
    this.upstream?.destroy();
    this.upstream = undefined;
    if (!this.begun && mayRepeat && mayTryAgain(head.method, error, this.tried.length)) return this.start();
    const { status, message } = problemOf(error, decision, this.tried.at(-1)!);
    this.fail(status, message);
  }

  private fail(status: number, message: string): void {
    if (this.ended) return;
    this.end();
    if (this.begun) return this.sink.abort();
    const { headers, text } = pageOf(status, message);
    const isHead = this.request.head.method === 'HEAD';
    this.sink.write(answerHead(status, STATUS_CODES[status] ?? '', headers, this.request.text.closes ? closed : keptOpen), isHead ? undefined : Buffer.from(text));
    this.sink.done();
  }

  private finish(idleMs: number): void {
    if (this.ended) return;
    const { upstream } = this;
    this.upstream = undefined;
    this.end();
    if (upstream && this.paused) upstream.resume();
    if (upstream) this.context.upstreams.give(upstream, idleMs);
    this.sink.done();
  }

  private end(): void {
    this.ended = true;
    this.cancelTimeout?.();
    this.upstream?.destroy();
    this.upstream = undefined;
  }
}

/** For a connection that was opened for a client that did not wait. */
const unusedIdleMs = 1000;

/** Whether more is to be done about the answer than to hand it on. */
function isEdited({ route: { policy }, backend, responseHeaders }: ForwardDecision): boolean {
  if (policy.edits || backend.edits || policy.affinity) return true;
  for (const _name in responseHeaders) return true;
  return false;
}
