import { readAll } from '../client/http';
import { readManifest, stdinName } from './builder/files';
import type { Session } from './session';

interface RawFlags {
  readonly raw: string;
  readonly filename: readonly string[];
  readonly recursive: boolean;
  readonly output: string;
}

/** What does not go with --raw and a file. Throws in the words that create and replace share, `selection` among them. */
export function checkRaw({ raw, filename, recursive, output }: RawFlags, selection?: string): void {
  if (filename.length !== 1) throw new Error('--raw can only use a single local file or stdin');
  if (/^https?:\/\//.test(filename[0]!)) throw new Error('--raw cannot read from a url');
  if (recursive) throw new Error('--raw and --recursive are mutually exclusive');
  if (selection) throw new Error(selection);
  if (output) throw new Error('--raw and --output are mutually exclusive');
  if (!raw.startsWith('/')) throw new Error(`--raw must be a valid URL path: parse ${JSON.stringify(raw)}: invalid URI for request`);
}

/** Sends a file, or standard input, to any path of the server, and prints the answer byte by byte. */
export async function sendRaw(session: Session, method: 'POST' | 'PUT' | 'DELETE', path: string, file?: string): Promise<void> {
  const body = file === undefined ? undefined : await read(session, file);
  const client = await session.client();
  const answer = await client.raw({ method, path, anyPath: true, ...(body && { body }) });
  session.streams.out.write(await readAll(answer.body));
}

async function read({ streams, cwd }: Session, file: string): Promise<Buffer> {
  return file === '-' || file === stdinName ? readAll(streams.in as AsyncIterable<Uint8Array>) : readManifest(file, cwd);
}
