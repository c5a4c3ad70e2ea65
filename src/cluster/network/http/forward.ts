import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { hasBody, readBody } from './body';
import { answerHeaders } from './answer-headers';
import { upstreamHeaders, type downstreamHeaders } from './headers';
import type { Exchange, ForwardContext } from './exchange';
import { mirror } from './mirror';
import { sendPage, writeHead } from './pages';
import type { Target } from './route';
import { chooseTarget, mayTryAgain, problemOf, type ForwardError } from './tries';

/** nginx's proxy_read_timeout. */
export const readTimeoutMs = 60_000;

/** Carries the request to a target and the answer back; streams as they come. */
export async function forward(exchange: Exchange, context: ForwardContext): Promise<void> {
  const { request, decision: { route: { policy } } } = exchange;
  const body = hasBody(request) ? await readBody(request, policy.bodyBytesMax) : undefined;
  if (body === null) return sendPage(exchange.response, 413, `the body is larger than ${policy.bodyBytesMax} bytes`, { connection: 'close' });
  await context.pools.ready;
  if (policy.mirrors) mirror(exchange, context, body);
  new Attempt(exchange, context, body).start();
}

/** One request, which is tried at several targets when that cannot do harm. */
class Attempt {
  private readonly tried: Target[] = [];
  private readonly headers: string[];
  private controller: Dispatcher.DispatchController | undefined;
  private cancelTimeout = () => {};
  private ended = false;
  private late = false;
  private readonly resume = () => this.controller?.resume();

  constructor(private readonly exchange: Exchange, private readonly context: ForwardContext, private readonly body: Buffer | Readable | undefined) {
    const { request, response, facts, decision: { route: { policy }, backend } } = exchange;
    this.headers = upstreamHeaders(request.rawHeaders, facts, policy.upstreamHost, [policy.edits?.request, backend.edits?.request]);
    response.on('close', () => {
      if (!this.ended) this.controller?.abort(new Error('the client went away'));
      this.finish();
    }).on('drain', this.resume);
    if (policy.requestTimeoutMs) {
      this.cancelTimeout = context.clock.schedule(policy.requestTimeoutMs, () => {
        this.late = true;
        this.controller?.abort(new Error('the request took too long'));
        this.fail(504, `no answer within ${policy.requestTimeoutMs} ms`);
      });
    }
  }

  start(): void {
    const { decision, head } = this.exchange;
    const { policy } = decision.route;
    const target = chooseTarget(this.exchange, this.context.random, this.tried);
    this.tried.push(target);
    this.context.pools.for(decision.backend, target, policy.connectTimeoutMs).dispatch({
      path: decision.path, method: head.method, headers: this.headers, body: this.body ?? null,
      headersTimeout: policy.readTimeoutMs ?? readTimeoutMs, bodyTimeout: policy.readTimeoutMs ?? readTimeoutMs,
    }, this.handlerFor(target));
  }

  private handlerFor(target: Target): Dispatcher.DispatchHandler {
    const { response } = this.exchange;
    return {
      onRequestStart: (controller) => {
        this.controller = controller;
        if (this.ended) controller.abort(new Error('the client went away'));
      },
      onResponseStart: (_controller, status, headers) => {
        if (status >= 200 && !this.ended) this.answer(status, headers, target);
      },
      onResponseData: (controller, chunk) => {
        if (!this.ended && !(response.write as (chunk: Buffer) => boolean).call(response, chunk)) controller.pause();
      },
      onResponseEnd: (_controller, trailers) => {
        if (this.ended) return;
        if (Object.keys(trailers).length) response.addTrailers(trailers as Record<string, string>);
        this.finish();
        response.end();
      },
      onResponseError: (_controller, error) => this.failed(error as ForwardError, target),
    };
  }

  private answer(status: number, given: Parameters<typeof downstreamHeaders>[0], target: Target): void {
    const { response, head } = this.exchange;
    const headers = answerHeaders(this.exchange, given, target);
    writeHead(response, status, headers);
    // An answer of unknown length may be a stream of events, of which the first comes much later.
    if (headers['content-length'] === undefined && head.method !== 'HEAD' && 'flushHeaders' in response) response.flushHeaders();
  }

  private failed(error: ForwardError, target: Target): void {
    if (this.ended) return;
    const { response, head, decision } = this.exchange;
    // A body that streams cannot be sent again.
    const isRepeatable = this.body === undefined || Buffer.isBuffer(this.body);
    if (!response.headersSent && !this.late && isRepeatable && mayTryAgain(head.method, error, this.tried.length)) return this.start();
    const { status, message } = problemOf(error, decision, target);
    this.fail(status, message);
  }

  private fail(status: number, message: string): void {
    if (this.ended) return;
    this.finish();
    sendPage(this.exchange.response, status, message);
  }

  private finish(): void {
    this.ended = true;
    this.cancelTimeout();
  }
}
