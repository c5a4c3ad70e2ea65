import type { Connection } from './connection';

/** Where requests get their connection from, each at its time. */
export interface Credentials {
  /** The same object as long as nothing has changed. Rejects with a ConnectionError in client-go's words. */
  connection(): Promise<Connection>;
  /** The server answered 401: what this connection brought is not asked with again. */
  refused(connection: Connection): Promise<void>;
}

/** Of a connection that brings its own. */
export const fixedCredentials = (connection: Connection): Credentials => ({ connection: async () => connection, refused: async () => undefined });

/** Whoever gives a token, a name or a certificate means that one: the plugin stays aside. */
export const needsPlugin = ({ auth, tls }: Connection): boolean => Boolean(auth.exec && !auth.token && !auth.tokenFile && !auth.username && !tls.cert);
