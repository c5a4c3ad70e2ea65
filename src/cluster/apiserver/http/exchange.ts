import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuditTrail } from '../audit/trail';
import type { UserInfo } from '../authn/user';
import type { RequestInfo } from './request-info';
import type { Serving } from './serving';

export type Incoming = IncomingMessage | Http2ServerRequest;
export type Outgoing = ServerResponse | Http2ServerResponse;

/** Whether nobody is there any more to take the answer. */
export const isGone = (response: Outgoing): boolean => ('stream' in response ? response.stream.destroyed || response.stream.closed : response.destroyed);

/** One request with everything that handlers need to know of it. */
export interface Exchange {
  readonly request: Incoming;
  readonly response: Outgoing;
  readonly info: RequestInfo;
  /** Nobody in particular until the request is authenticated. */
  readonly user: UserInfo;
  readonly auditId: string;
  /** Collected for Warning headers; nothing is added once the answer has begun. */
  readonly warnings: string[];
  /** Where the policy wants the request written down. */
  readonly audit?: AuditTrail | undefined;
  /** Where streams say how to end them when the server closes. */
  readonly serving: Serving;
}

/** A body that is put together while it is sent: however long a list is, its bytes stand in memory once. */
export interface LargeBody {
  readonly length: number;
  /** Of at most 128 KiB; each is good until the next is asked for. */
  chunks(): Iterable<Buffer>;
}

/** A whole answer. Handlers that stream write to the response themselves and return nothing. */
export interface Reply {
  readonly code: number;
  readonly contentType: string;
  readonly body: Buffer | readonly Buffer[] | LargeBody;
  /** What the body shows, where that cannot be read off it as JSON. */
  readonly object?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (exchange: Exchange) => Promise<Reply | void> | Reply | void;
