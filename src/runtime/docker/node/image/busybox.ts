import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DebianFiles } from './debian';
import type { Entry } from './rootfs';

export const busyboxPackage = { 'busybox-static': '/bin/busybox' } as const;

/** busybox with a link for each applet but the named ones, in /bin. */
export async function busyboxEntries(files: DebianFiles, except: readonly string[] = []): Promise<Entry[]> {
  const source = await files.locate('/bin/busybox');
  const { stdout } = await promisify(execFile)(source, ['--list']);
  const applets = stdout.split('\n').filter((name) => name && name !== 'busybox' && !except.includes(name));
  return [{ path: '/bin/busybox', source }, ...applets.map((name) => ({ path: `/bin/${name}`, link: 'busybox' }))];
}

/** Users, and the directories that programs expect. `users`: further lines of /etc/passwd, their groups alike. */
export function baseEntries(...users: { name: string; id: number; home: string }[]): Entry[] {
  const all = [{ name: 'root', id: 0, home: '/root' }, ...users, { name: 'nobody', id: 65534, home: '/home' }];
  const shell = (id: number) => (id === 0 ? '/bin/sh' : '/bin/false');
  return [
    { path: '/etc/passwd', text: all.map(({ name, id, home }) => `${name}:x:${id}:${id}:${name}:${home}:${shell(id)}\n`).join('') },
    { path: '/etc/group', text: all.map(({ name, id }) => `${name}:x:${id}:\n`).join('') },
    { path: '/root', directory: true, mode: 0o700 },
    { path: '/home', directory: true },
    { path: '/tmp', directory: true, mode: 0o1777 },
    { path: '/var/tmp', directory: true, mode: 0o1777 },
    { path: '/run', directory: true },
    { path: '/var/run', link: '../run' },
  ];
}
