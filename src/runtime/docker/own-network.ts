/**
 * Starting a container costs an engine about 200 ms when it has to make a network namespace, for that it runs itself
 * again as a hook; joining one costs 80 ms. So a sandbox starts on the engine's host network with the one program
 * that leaves it for a namespace of its own, gives up its privileges and becomes the pause.
 */
export const unsharingCommand = (pause: string): string[] =>
  ['/usr/bin/unshare', '-n', '/usr/bin/start-stop-daemon', '-S', '-c', '65534:65534', '-x', '/bin/sh', '--', '-c', pause];

/** What the command needs until it gives it up. */
export const unsharingCapabilities = ['SYS_ADMIN', 'SETUID', 'SETGID'];

const attempts = 2000;

/** What the engine sets in namespaces that it makes. */
const settings = [
  ['ipv4/ip_unprivileged_port_start', '0'],
  ['ipv4/ping_group_range', '0 2147483647'],
  ['ipv6/conf/all/disable_ipv6', '1'],
] as const;

/**
 * For the shell of a node container, which sees every process: waits until the sandbox has its own namespace, which
 * is when its program has become the shell, and prepares it. Fails when the sandbox ended before.
 */
export function prepareNetworkCommand(sandboxPid: number): string {
  const writes = settings.map(([name, value]) => `[ ! -e /proc/sys/net/${name} ] || echo "${value}" > /proc/sys/net/${name}`);
  return [
    `comm() { read -r name < /proc/${sandboxPid}/comm && [ "$name" = sh ]; }`,
    `tries=0; until comm; do tries=$((tries + 1)); [ $tries -lt ${attempts} ] && [ -e /proc/${sandboxPid} ] || break; usleep 1000; done`,
    `comm && /usr/bin/nsenter -t ${sandboxPid} -n /bin/sh -c '${[...writes, '/usr/bin/ip link set lo up'].join('; ')}'`,
  ].join('\n');
}

interface EngineFacts {
  SecurityOptions?: string[];
}

interface EngineVersion {
  Components?: { Name: string }[];
}

/**
 * Whether sandboxes may leave the host network by themselves: a container that joins one must get the namespace of
 * its process, which is Docker's way, not that of its configuration; and the host network must be to be had.
 */
export function canUnshare({ SecurityOptions = [] }: EngineFacts, { Components = [] }: EngineVersion): boolean {
  return Components.some(({ Name }) => Name === 'Engine') && !SecurityOptions.some((option) => /^name=(userns|rootless)\b/.test(option));
}
