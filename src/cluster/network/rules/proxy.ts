import type { Clock } from '../../../api/clock';
import type { NodeNetwork } from '../../../runtime/port';
import { debounce } from '../debounce';
import { compilePolicies } from '../policy/compile';
import type { PolicyView } from '../policy/view';
import { onAnyChange, type ClusterState } from '../state';
import { compileRules } from './compile';
import { hostPortRules, movesHostPorts, type HostPortRules } from './host-port';
import type { Ruleset } from './ruleset';
import { nftScript } from './script';
import { servicePorts, type ServicePortRules } from './service-port';
import { staleHostPorts, staleUdp } from './udp';

export interface ServiceProxy {
  /** The rules follow what is known of Services and endpoints. */
  readonly isCurrent: boolean;
  stop(): Promise<void>;
}

export interface ServiceProxyOptions {
  state: ClusterState;
  policies: PolicyView;
  nodeName: string;
  network: NodeNetwork;
  clock: Clock;
  log: (line: string) => void;
}

/** What the node has: unknown until the first transaction, and after the network was lost. */
interface Applied {
  rules: Ruleset;
  ports: readonly ServicePortRules[];
  hostPorts: readonly HostPortRules[];
}

/** A burst of changes (a rollout) becomes few transactions, and no more than half of the time goes into them. */
const delayMs = 20;
const delayMsLeast = 2;

/** Keeps one node's rules equal to what the Services and network policies ask for. */
export function startServiceProxy({ state, policies, nodeName, network, clock, log }: ServiceProxyOptions): ServiceProxy {
  let applied: Applied | undefined;
  let wasReset = false;

  async function sync(): Promise<void> {
    const ports = servicePorts(state.services.list(), state.endpointSlices.list(), nodeName);
    const podCIDRs = state.nodes.list().flatMap(({ spec }) => spec?.podCIDR ?? []).sort();
    const isolation = compilePolicies(policies.policies(), policies.pods(), nodeName);
    const hostPorts = hostPortRules(state.pods.list(), nodeName);
    const rules = compileRules(ports, { address: network.address, podCIDRs }, isolation, hostPorts);
    const before = wasReset ? undefined : applied;
    wasReset = false;
    const script = nftScript(before?.rules, rules);
    if (script) {
      // What a failed transaction left is not known; the next one starts from nothing.
      applied = undefined;
      await network.applyRules(script);
    }
    applied = { rules, ports, hostPorts };
    const stale = [...staleUdp(before?.ports ?? [], ports, network.address), ...staleHostPorts(before?.hostPorts ?? [], hostPorts, network.address)];
    for (const { address, port } of stale) await network.forgetUdp(address, port);
  }

  const loop = debounce(sync, {
    clock, delayMs, delayMsLeast, retryMs: 200, retryMsMost: 10_000,
    onError: (error) => log(`service rules of node ${nodeName}: ${error instanceof Error ? error.message : String(error)}`),
  });
  network.onReset?.(() => {
    wasReset = true;
    return loop.runNow();
  });
  const ends = [
    onAnyChange(state.services, () => loop.trigger()),
    onAnyChange(state.endpointSlices, () => loop.trigger()),
    policies.onChange(() => loop.trigger()),
    onAnyChange(state.pods, (pod, old) => {
      if (movesHostPorts(pod, old)) loop.trigger();
    }),
    onAnyChange(state.nodes, (node, old) => {
      if (node.spec?.podCIDR !== old?.spec?.podCIDR) loop.trigger();
    }),
  ];
  loop.trigger();
  return {
    get isCurrent() {
      return loop.isIdle;
    },
    async stop() {
      for (const end of ends) end();
      await loop.stop();
    },
  };
}
