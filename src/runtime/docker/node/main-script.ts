import { relayPort } from './names';
import { gatewayOf } from './wiring';

/**
 * The node container's own process: what a node needs once (its gateway address; no answer for pods that do not
 * exist), then the relay, for as long as the container lives.
 *
 * The relay takes one line, `<token> <address> <port> [<pid>]`, connects from the node's network (or from that of the
 * process on the engine's host) and answers with `+`, or with socat's error message. The target's connection is opened first and the answer given by the program that socat
 * becomes afterwards (nofork), so that a refused connection is seen as such by probes.
 */
export function mainScript(podCIDR: string): string {
  return `set -e
mkdir -p /run/knarr
cat > /run/knarr/connected <<'END'
#!/bin/sh
printf + >&3
exec /usr/bin/socat -t 3600 FD:3,shut-down FD:0,shut-down 2>/dev/null
END
cat > /run/knarr/dial <<'END'
#!/bin/sh
read -r -t 10 token address port pid
[ "$token" = "$KNARR_TOKEN" ] || exit 1
inside=\${pid:+"/usr/bin/nsenter -t $pid -n"}
exec 3<&0
exec $inside /usr/bin/socat "TCP4:$address:$port,connect-timeout=10" EXEC:/run/knarr/connected,nofork 2>&3
END
chmod 755 /run/knarr/connected /run/knarr/dial
/usr/bin/ip addr replace ${gatewayOf(podCIDR)}/32 dev lo
/usr/bin/ip route replace unreachable ${podCIDR}
exec /usr/bin/socat TCP4-LISTEN:${relayPort},fork,reuseaddr,backlog=512 EXEC:/run/knarr/dial,nofork
`;
}
