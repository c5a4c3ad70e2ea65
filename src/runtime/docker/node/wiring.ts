/**
 * The commands that give a sandbox its address: a point-to-point veth into its network namespace and a /32 route, as
 * ptp and Calico do. Pure; docs/network.md has the reasons. Programs by absolute path, since busybox's shell prefers
 * its own.
 */
const ip = '/usr/bin/ip';

/** Leaves room for the engine's own headers and for an overlay. */
const mtu = 1400;

/** What every sandbox has as its gateway; answered by the node's end of the veth. */
const linkGateway = '169.254.1.1';

/** The node's end of the link of a pod address: `10.244.0.5` → `v0af40005`; at most 15 characters. */
export function linkName(podIP: string): string {
  return `v${podIP.split('.').map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Does nothing when this very sandbox has the address already; a link left over from another one is replaced. */
export function wireCommand(sandboxPid: number, podIP: string, gateway: string): string {
  const link = linkName(podIP);
  const inSandbox = `/usr/bin/nsenter -t ${sandboxPid} -n ${ip}`;
  return [
    `wired() { [ -e /sys/class/net/${link} ] && ${inSandbox} -o -4 addr show eth0 2>/dev/null | grep -qF ' ${podIP}/32 '; }`,
    `wire() {`,
    `[ ! -e /sys/class/net/${link} ] || ${ip} link del ${link} || return`,
    // A link to the network that the node had before lives on while a hostNetwork pod holds that.
    `${inSandbox} link del eth0 2>/dev/null`,
    batch(ip, [
      `link add ${link} mtu ${mtu} type veth peer name eth0 mtu ${mtu} netns ${sandboxPid}`,
      `link set ${link} up`,
      `addr add ${linkGateway}/32 dev ${link} scope link`,
      `route replace ${podIP}/32 dev ${link} scope link src ${gateway}`,
    ]),
    batch(inSandbox, [
      `addr add ${podIP}/32 dev eth0`,
      'link set eth0 up',
      `route add ${linkGateway} dev eth0 scope link`,
      `route add default via ${linkGateway} src ${podIP}`,
    ]),
    '}',
    'wired || wire',
  ].join('\n');
}

/** Harmless when the sandbox, and the link with it, is gone. */
export function unwireCommand(podIP: string): string {
  const link = linkName(podIP);
  return `[ ! -e /sys/class/net/${link} ] || ${ip} link del ${link}`;
}

export function routeCommand(podCIDR: string, nodeAddress: string): string {
  return `${ip} route replace ${podCIDR} via ${nodeAddress}`;
}


/** `10.244.1.0/24` → `10.244.1.1` */
export function gatewayOf(podCIDR: string): string {
  const [base] = podCIDR.split('/');
  const parts = base!.split('.').map(Number);
  return [...parts.slice(0, 3), parts[3]! + 1].join('.');
}

function batch(program: string, lines: string[]): string {
  return `${program} -batch - <<'END' || return\n${lines.join('\n')}\nEND`;
}
