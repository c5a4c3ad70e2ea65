import { requestId } from './request-id';
import type { ClientFacts } from './headers';
import type { RequestHead } from './route';

/** A request as any version of HTTP brings it. */
export interface GivenHead {
  readonly method: string;
  /** With a port. */
  readonly host: string;
  /** A path with a query, or a whole URL. */
  readonly url: string;
  readonly headers: RequestHead['headers'];
}

/** The connection that it came by. */
export interface GivenConnection {
  readonly secure: boolean;
  /** The client's, as the system gives it. */
  readonly address: string;
  /** The port that the client came to. */
  readonly port: number;
}

export interface ReadHead {
  readonly head: RequestHead;
  readonly facts: ClientFacts;
}

export function readHead(given: GivenHead, connection: GivenConnection): ReadHead {
  const { secure, port } = connection;
  const address = plainAddress(connection.address);
  return { head: new Head(given, secure, address), facts: { address, host: given.host, port, secure, requestId: requestId() } };
}

class Head implements RequestHead {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;

  constructor(private readonly given: GivenHead, readonly secure: boolean, readonly address: string) {
    const { method, host, url } = given;
    // A client that takes this for a forward proxy gives the whole URL.
    const target = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?]*/i, '') || '/';
    const question = target.indexOf('?');
    this.method = method;
    this.host = hostName(host);
    this.path = question < 0 ? target : target.slice(0, question);
    this.query = question < 0 ? '' : target.slice(question);
  }

  /** Asked for when a route wants to know. */
  get headers(): RequestHead['headers'] {
    return this.given.headers;
  }
}

/** `Example.com:8080` → `example.com`; `[::1]:80` → `[::1]` */
function hostName(host: string): string {
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
  const name = end > 0 ? host.slice(0, end) : host;
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
}

const plainAddress = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);
