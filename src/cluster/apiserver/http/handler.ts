import { unauthorized } from '../../../api/errors';
import { anonymous, authenticated, type Authenticator } from '../authn/authenticator';
import type { UserInfo } from '../authn/user';
import { assertAllowed, type Authorizer } from '../authz/authorizer';
import { isPublic } from '../authz/built-in';
import { uuid } from '../registry/names';
import type { Registry } from '../registry';
import type { Exchange, Handler, Incoming, Outgoing } from './exchange';
import { parseRequest, type RequestInfo } from './request-info';
import { respond } from './respond';
import { routeResource, type StreamHandlers } from './route';
import { asApiError, errorReply } from './status';

export interface HandlerOptions {
  readonly registry: Registry;
  readonly authenticators: readonly Authenticator[];
  readonly authorizers: readonly Authorizer[];
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
      const exchange = { ...base, user: await identify(options.authenticators, request, info) };
      assertAllowed(options.authorizers, exchange.user, info);
      const reply = await dispatch(options, exchange);
      if (reply) await respond(exchange, reply);
    } catch (error) {
      if (response.headersSent) return void response.destroy();
      await respond(base, errorReply(asApiError(error, log)));
    }
  };
}

/** Throws Unauthorized. */
export async function identify(authenticators: readonly Authenticator[], request: Incoming, info: RequestInfo): Promise<UserInfo> {
  for (const authenticator of authenticators) {
    const user = await authenticator.authenticate(request);
    if (user) return authenticated(user);
  }
  if (!info.resource && isPublic(info.path)) return anonymous;
  throw unauthorized();
}

const dispatch = ({ registry, streams, paths }: HandlerOptions, exchange: Exchange) =>
  exchange.info.resource ? routeResource(registry, streams, exchange, exchange.info.resource) : paths(exchange);
