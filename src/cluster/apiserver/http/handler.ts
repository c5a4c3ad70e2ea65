import { anonymous } from '../authn/authenticator';
import { uuid } from '../registry/names';
import type { Registry } from '../registry';
import { admitUser, type Access } from './access';
import type { Exchange, Handler, Incoming, Outgoing } from './exchange';
import { parseRequest } from './request-info';
import { respond } from './respond';
import { routeResource, type StreamHandlers } from './route';
import { asApiError, errorReply } from './status';

export interface HandlerOptions extends Access {
  readonly registry: Registry;
  readonly streams: StreamHandlers;
  readonly paths: Handler;
  log(line: string): void;
}

/** Authentication, authorization, dispatch, and the one place where failures become answers. */
export function requestHandler(options: HandlerOptions): (request: Incoming, response: Outgoing) => Promise<void> {
  const { registry, log } = options;
  return async (request, response) => {
    const info = parseRequest(request.method ?? 'GET', request.url ?? '/');
    const auditId = String(request.headers['audit-id'] ?? '') || uuid(registry.random);
    const base = { request, response, info, auditId, warnings: [] as string[], user: anonymous };
    try {
      const exchange = { ...base, user: await admitUser(options, request, info) };
      const reply = await dispatch(options, exchange);
      if (reply) await respond(exchange, reply);
    } catch (error) {
      if (response.headersSent) return void response.destroy();
      await respond(base, errorReply(asApiError(error, log)));
    }
  };
}

const dispatch = ({ registry, streams, paths }: HandlerOptions, exchange: Exchange) =>
  exchange.info.resource ? routeResource(registry, streams, exchange, exchange.info.resource) : paths(exchange);
