import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DebianFiles } from './debian';
import type { Entry } from './rootfs';

export const busyboxPackage = { 'busybox-static': '/bin/busybox' } as const;

// Debian's busybox 1.35 crashes on `wget -T`; this keeps the option working, outside of the shell's own applets.
const wget = `#!/bin/sh
limit=900
left=$#
while [ "$left" -gt 0 ]; do
  left=$((left - 1))
  case "$1" in
    -T) limit=$2; shift 2; left=$((left - 1)) ;;
    -T*) limit=\${1#-T}; shift ;;
    *) set -- "$@" "$1"; shift ;;
  esac
done
exec timeout "$limit" busybox wget "$@"
`;

/** busybox with a link for each applet but the named ones, in /bin. */
export async function busyboxEntries(files: DebianFiles, except: readonly string[] = []): Promise<Entry[]> {
  const source = await files.locate('/bin/busybox');
  const { stdout } = await promisify(execFile)(source, ['--list']);
  const applets = stdout.split('\n').filter((name) => name && !['busybox', 'wget', ...except].includes(name));
  return [
    { path: '/bin/busybox', source },
    { path: '/bin/wget', text: wget, mode: 0o755 },
    ...applets.map((name) => ({ path: `/bin/${name}`, link: 'busybox' })),
  ];
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
