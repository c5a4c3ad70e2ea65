import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfilePaths } from '../../client/profile';

/** The admin's way in, PEM, as the daemon made it. */
export interface AdminCredentials {
  ca: string;
  cert: string;
  key: string;
}

export async function adminCredentials(paths: ProfilePaths): Promise<AdminCredentials> {
  const [ca, cert, key] = await Promise.all(['ca.crt', 'admin.crt', 'admin.key'].map((name) => readFile(join(paths.pkiDir, name), 'utf8')));
  return { ca: ca!, cert: cert!, key: key! };
}
