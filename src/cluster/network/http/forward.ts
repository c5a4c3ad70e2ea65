import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Random } from '../../../api/clock';
import { hasBody, readBody } from './body';
import { stickyTarget, Turns } from './choose';
import { affinityCookie } from './decide';
import { downstreamHeaders, upstreamHeaders, type ResponseHeaders } from './headers';
import type { Exchange, ForwardContext } from './exchange';
import { mirror } from './mirror';
import { sendPage, writeHead } from './pages';
import type { Target } from './route';

const turnsOf = new WeakMap<readonly Target[], Turns>();

/** nginx's proxy_read_timeout. */
const readTimeoutMs = 60_000;
const triesMax = 3;

/** Carries the request to a target and the answer back; streams as they come. */
export async function forward(exchange: Exchange, context: ForwardContext): Promise<void> {
  const { request, decision: { route: { policy } } } = exchange;
  const body = hasBody(request) ? await readBody(request, policy.bodyBytesMax) : undefined;
  if (body === null) return sendPage(exchange.response, 413, `the body is larger than ${policy.bodyBytesMax} bytes`, { connection: 'close' });
  await context.pools.ready;
  if (policy.mirrors) mirror(exchange, context, body);
  new Attempt(exchange, context, body).start();
}

export function chooseTarget({ decision: { route, backend }, head }: Pick<Exchange, 'decision' | 'head'>, random: Random, tried: readonly Target[] = []): Target {
  const { targets } = backend;
  const sticky = route.policy.affinity && stickyTarget(targets, route.policy.affinity, head);
  if (sticky && !tried.includes(sticky)) return sticky;
  let turns = turnsOf.get(targets);
  if (!turns) turnsOf.set(targets, turns = new Turns(random));
  return turns.choose(targets, tried)!;
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
      onResponseError: (_controller, error) => this.failed(error as Error & { code?: string }, target),
    };
  }

  private answer(status: number, given: Parameters<typeof downstreamHeaders>[0], target: Target): void {
    const { response, head, decision: { route, backend, responseHeaders } } = this.exchange;
    const headers: ResponseHeaders = { ...downstreamHeaders(given, [route.policy.edits?.response, backend.edits?.response]), ...responseHeaders };
    const cookie = affinityCookie(route, head, target);
    if (cookie) headers['set-cookie'] = [...[headers['set-cookie'] ?? []].flat(), cookie];
    writeHead(response, status, headers);
    // An answer of unknown length may be a stream of events, of which the first comes much later.
    if (headers['content-length'] === undefined && head.method !== 'HEAD' && 'flushHeaders' in response) response.flushHeaders();
  }

  private failed(error: Error & { code?: string }, target: Target): void {
    if (this.ended) return;
    if (!this.exchange.response.headersSent && this.mayTryAgain(error)) return this.start();
    const { backend, route } = this.exchange.decision;
    if (error.code === 'BodyTooLarge') return this.fail(413, error.message);
    const isLate = /TIMEOUT|ETIMEDOUT/.test(error.code ?? '');
    this.fail(isLate ? 504 : 502, `${route.owner}: ${backend.name} at ${target.address}:${target.port}: ${error.message}`);
  }

  /** Nothing was sent, or doing it twice is as good as once, and the body can be sent again. */
  private mayTryAgain(error: Error & { code?: string }): boolean {
    const { method } = this.exchange.head;
    const repeatable = this.body === undefined || Buffer.isBuffer(this.body);
    const notSent = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(error.code ?? '');
    const idempotent = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
    return !this.late && repeatable && this.tried.length < triesMax && (notSent || (idempotent && !/HEADERS_TIMEOUT|BODY_TIMEOUT/.test(error.code ?? '')));
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
