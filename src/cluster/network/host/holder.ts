import { readFile, readdir, readlink } from 'node:fs/promises';

export interface PortHolder {
  pid: number;
  /** `nginx` */
  command: string;
}

/** The process that listens on a TCP port, where /proc tells: Linux, and processes of this user (root: all). */
export async function portHolder(port: number): Promise<PortHolder | undefined> {
  const inodes = new Set((await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => ''))))
    .flatMap((listing) => listeningInodes(listing, port)));
  if (inodes.size === 0) return undefined;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (await holdsAny(pid, inodes)) return { pid: Number(pid), command: (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() };
  }
  return undefined;
}

const listening = '0A';

/** Lines are `sl local_address rem_address st … inode`, addresses and ports in hexadecimal (proc(5)). */
export function listeningInodes(listing: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return listing.split('\n').slice(1).map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === listening)
    .map((fields) => fields[9]!);
}

async function holdsAny(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return links.some((link) => inodes.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? ''));
}
