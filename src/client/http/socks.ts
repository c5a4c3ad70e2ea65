import type { Socket } from 'node:net';

export interface SocksTarget {
  /** Names are resolved by the proxy. */
  host: string;
  port: number;
  /** Both '' for none. */
  credentials: { username: string; password: string };
}

const version = 5;
const noLogin = 0;
const login = 2;
const byName = 3;
/** Bytes of the address in an answer, by its type; a name says its length itself. */
const addressBytes: Readonly<Record<number, number>> = { 1: 4, 4: 16 };

const refusals: readonly string[] = [
  'succeeded', 'general SOCKS server failure', 'connection not allowed by ruleset', 'network unreachable', 'host unreachable',
  'connection refused', 'TTL expired', 'command not supported', 'address type not supported',
];

/** A connection through a SOCKS5 proxy (RFC 1928, RFC 1929). */
export async function openSocks(dial: () => Socket, { host, port, credentials: { username, password } }: SocksTarget): Promise<Socket> {
  const socket = dial();
  const failed = new Promise<never>((_resolve, reject) => void socket.once('error', reject).once('close', () => reject(new Error('socks connect: EOF'))));
  failed.catch(() => undefined);
  const read = (bytes: number) => Promise.race([readBytes(socket, bytes), failed]);
  try {
    socket.write(Buffer.from(username ? [version, 2, noLogin, login] : [version, 1, noLogin]));
    const [, method] = await read(2);
    if (method === login) await logIn(socket, read, username, password);
    else if (method !== noLogin) throw new Error('socks connect: no acceptable authentication methods');
    const name = Buffer.from(host);
    socket.write(Buffer.concat([Buffer.from([version, 1, 0, byName, name.length]), name, Buffer.from([port >> 8, port & 0xff])]));
    const [, refused = 1, , type = 0] = await read(4);
    if (refused) throw new Error(`socks connect: ${refusals[refused] ?? `unknown code: ${refused}`}`);
    await read((addressBytes[type] ?? (await read(1))[0]!) + 2);
    socket.removeAllListeners();
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function logIn(socket: Socket, read: (bytes: number) => Promise<Buffer>, username: string, password: string): Promise<void> {
  const [name, secret] = [Buffer.from(username), Buffer.from(password)];
  socket.write(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret]));
  const [, refused] = await read(2);
  if (refused) throw new Error('socks connect: username/password authentication failed');
}

async function readBytes(socket: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const chunk = socket.read(bytes) as Buffer | null;
    if (chunk) return chunk;
    await new Promise((resolve) => socket.once('readable', resolve));
  }
}
