import type { Connection } from '../connection';
import type { Credentials } from '../credentials';
import { restClient, type RestClient, type RestOptions } from './rest';
import { retrying } from './retry';
import type { Transport } from './transport';
import { renewing } from './renewing';
import { undiciTransport } from './undici';

export { restClient, listQuery, watchQuery, type RestClient, type RestOptions } from './rest';
export { groupVersionPath, resourcePath } from './paths';
export { ConnectionError, isConnectionError } from './connection-error';
export { openForwarder, type Forwarder } from './forward';
export { openSpdy, openWebSocket, type Upgraded } from './upgrade';
export { lines, watchEvents } from './watch';
export { errorFromStatus } from './status';
export { pathWithQuery, readAll, type ApiRequest, type ApiResponse, type Query, type Transport } from './transport';

export interface HttpOptions extends RestOptions {
  /** Sees each request that goes out, also those that are tried again. */
  watchTransport?: (transport: Transport) => Transport;
}

/** The API over HTTP(S) as the user of this connection, or of what the source gives at each request. Close it, or its idle connections keep the process alive. */
export function httpClient(user: Connection | Credentials, { watchTransport = (transport) => transport, ...options }: HttpOptions = {}): RestClient {
  return restClient(retrying(watchTransport('auth' in user ? undiciTransport(user) : renewing(user, undiciTransport))), options);
}
