import { join } from 'node:path';
import type { Connection } from '../../client/connection';
import type { ProfilePaths } from '../../client/profile';

const requestTimeoutMs = 5000;

/** The admin's way in, with the certificates that the daemon made. */
export function adminConnection(paths: ProfilePaths, server: string): Connection {
  const pem = (name: string) => ({ file: join(paths.pkiDir, name) });
  return {
    server,
    namespace: 'default',
    tls: { ca: pem('ca.crt'), cert: pem('admin.crt'), key: pem('admin.key') },
    auth: {},
    requestTimeoutMs,
  };
}
