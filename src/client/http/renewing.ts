import type { Connection } from '../connection';
import type { Credentials } from '../credentials';
import type { Transport } from './transport';

/** Requests each with the credentials of its time. What goes on by older ones is left to end. */
export function renewing(source: Credentials, make: (connection: Connection) => Transport): Transport {
  const made = new Map<Connection, Transport>();
  return {
    async send(request) {
      const connection = await source.connection();
      const transport = made.get(connection) ?? make(connection);
      made.set(connection, transport);
      const response = await transport.send(request);
      if (response.status === 401) await source.refused(connection).catch(() => undefined);
      return response;
    },
    close: async () => {
      await Promise.all([...made.values()].map((transport) => transport.close()));
    },
  };
}
