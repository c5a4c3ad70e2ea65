import type { Clock } from '../../../api/clock';
import type { AggregationProxy } from '../aggregation';
import { anonymous } from '../authn/authenticator';
import { uuid } from '../registry/names';
import type { Registry } from '../registry';
import { assertAllowed, identify, type Access } from './access';
import { withDeadline } from './deadline';
import type { Exchange, Handler, Incoming, Outgoing, Reply } from './exchange';
import type { FlowControl } from './flow-control';
import { isLongRunning } from './long-running';
import { parseRequest } from './request-info';
import type { RequestMetrics } from './request-metrics';
import { abandon, respond, tooManyRequests } from './respond';
import { routeResource, type StreamHandlers } from './route';
import type { Serving } from './serving';
import { asApiError, errorReply } from './status';
import { superusers } from '../authz/built-in';

export interface HandlerOptions extends Access {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly flow: FlowControl;
  readonly serving: Serving;
  readonly metrics: RequestMetrics;
  readonly streams: StreamHandlers;
  readonly paths: Handler;
  /** What other servers answer. */
  readonly aggregated: AggregationProxy;
  log(line: string): void;
}

type Open = { -readonly [K in keyof Required<Exchange>]: Exchange[K] };

/** The way of every request, in upstream's order (DefaultBuildHandlerChain), and the one place where failures become answers. */
export function requestHandler(options: HandlerOptions): (request: Incoming, response: Outgoing) => Promise<void> {
  const { log, clock, serving, metrics } = options;
  return async (request, response) => {
    const exchange = open(options, request, response);
    // Over HTTP/2 nobody hears that the client has left as long as the end of its request is not read.
    if (hasNoBody(exchange)) request.resume();
    const measured = metrics.begin(exchange);
    const ended = serving.begin();
    try {
      await withDeadline(clock, exchange.info, () => answer(options, exchange));
    } catch (error) {
      if (response.headersSent) response.destroy();
      else await respond(exchange, errorReply(asApiError(error, log)));
    } finally {
      measured(response.statusCode, lengthOf(response));
      exchange.audit?.completed();
      abandon(exchange, clock);
      ended();
    }
  };
}

function open({ registry, serving }: HandlerOptions, request: Incoming, response: Outgoing): Open {
  const info = parseRequest(request.method ?? 'GET', request.url ?? '/');
  const auditId = String(request.headers['audit-id'] ?? '') || uuid(registry.random);
  return { request, response, info, auditId, warnings: [], user: anonymous, audit: undefined, serving };
}

async function answer(options: HandlerOptions, exchange: Open): Promise<void> {
  await identify(options, exchange);
  const leave = isExempt(exchange) ? () => undefined : await options.flow.enter(exchange.user.name, exchange.info.verb);
  if (!leave) return respond(exchange, tooManyRequests());
  try {
    assertAllowed(options, exchange);
    const reply = await dispatch(options, exchange);
    if (reply) await respond(exchange, reply);
  } finally {
    leave();
  }
}

const probes = new Set(['/healthz', '/livez', '/readyz']);

/** Administrators and probes always get an answer. Source: the exempt priority level and its flow schemas. */
const isExempt = ({ user: { groups }, info }: Exchange): boolean =>
  groups.includes(superusers) || isLongRunning(info) || probes.has(info.path);

function dispatch({ registry, streams, paths, aggregated }: HandlerOptions, exchange: Exchange): Promise<Reply | void> | Reply | void {
  const { info } = exchange;
  const other = aggregated.find(info);
  if (other) return aggregated.serve(other, exchange);
  return info.resource ? routeResource(registry, streams, exchange, info.resource) : paths(exchange);
}

const hasNoBody = ({ request, info }: Exchange): boolean => request.method === 'GET' && info.resource?.subresource !== 'proxy';

const lengthOf = (response: Outgoing): number => Number(response.getHeader('content-length') ?? 0);
