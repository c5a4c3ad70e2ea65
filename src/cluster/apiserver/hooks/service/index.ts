import type { Random } from '../../../../api/clock';
import type { Service } from '../../../../api/generated/core.v1';
import type { Unstructured } from '../../../../api/meta';
import type { Hooks, HookWrite } from '../../registry/registry';
import type { HookOptions } from '../options';
import { parseIPv4 } from './addresses';
import { Allocators } from './allocators';
import { carryOver, needsHealthCheckPort, needsNodePorts } from './carry-over';
import { heldBy, without, type Held } from './held';
import { completeIPFamilies, isHeadless } from './ip-families';

const asService = (object: Unstructured | undefined) => object as unknown as Service | undefined;

/** Cluster addresses and node ports. After k8s.io/kubernetes/pkg/registry/core/service/storage/alloc.go. */
export function serviceHooks(options: HookOptions, random: Random): Hooks {
  const allocators = new Allocators(options, random);
  return {
    returnsDeleted: true,
    allocate: ({ object, old }: HookWrite) => allocate(allocators, asService(object)!, asService(old)),
    written: (_registry, object, old) => release(allocators, heldBy(asService(old)), heldBy(asService(object))),
    restore({ store }) {
      for (const { object } of store.list('/services/').entries) {
        const { addresses, nodePorts } = heldBy(asService(object));
        addresses.forEach((address) => allocators.addresses.take(address));
        nodePorts.forEach((port) => allocators.nodePorts.take(port));
      }
    },
  };
}

function release({ addresses, nodePorts }: Allocators, held: Held, kept: Held): void {
  without(held.addresses, kept.addresses).forEach((address) => addresses.release(address));
  without(held.nodePorts, kept.nodePorts).forEach((port) => nodePorts.release(port));
}

/** Completes the service in place; what was taken on the way is given back when it throws. */
function allocate(allocators: Allocators, service: Service, old: Service | undefined): () => void {
  const undo: (() => void)[] = [];
  const revert = () => undo.splice(0).forEach((run) => run());
  try {
    if (old) carryOver(service, old);
    completeIPFamilies(service, old);
    const before = heldBy(old);
    allocateAddress(allocators, service, before, undo);
    allocateNodePorts(allocators, service, before, undo);
  } catch (error) {
    revert();
    throw error;
  }
  return revert;
}

/** Malformed addresses are left for validation to name. */
function allocateAddress(allocators: Allocators, service: Service, before: Held, undo: (() => void)[]): void {
  const { spec, metadata } = service;
  if (spec.type === 'ExternalName' || isHeadless(service)) return;
  const requested = spec.clusterIPs?.[0] ?? '';
  const address = parseIPv4(requested);
  if (requested && (address === undefined || before.addresses.has(address))) return;
  const ip = allocators.takeAddress(metadata.name, requested, spec.clusterIPs ?? []);
  undo.push(() => allocators.addresses.release(parseIPv4(ip)!));
  spec.clusterIP = ip;
  spec.clusterIPs = [ip, ...(spec.clusterIPs ?? []).slice(1)];
}

/** One number serves the same port under TCP and UDP. */
function allocateNodePorts(allocators: Allocators, service: Service, before: Held, undo: (() => void)[]): void {
  const { spec, metadata } = service;
  const own = new Set(before.nodePorts);
  const take = (requested: number, field: string) => {
    if (requested && own.has(requested)) return requested;
    const number = allocators.takeNodePort(metadata.name, requested, field);
    undo.push(() => allocators.nodePorts.release(number));
    own.add(number);
    return number;
  };
  if (needsNodePorts(service)) {
    const chosen = new Map<number, number>();
    spec.ports?.forEach((port, i) => {
      if (!port.nodePort && spec.allocateLoadBalancerNodePorts === false) return;
      const wanted = port.nodePort || chosen.get(port.port) || spec.ports!.find((other) => other.port === port.port && other.nodePort)?.nodePort || 0;
      port.nodePort = take(wanted, `spec.ports[${i}].nodePort`);
      chosen.set(port.port, port.nodePort);
    });
  }
  if (needsHealthCheckPort(service)) spec.healthCheckNodePort = take(spec.healthCheckNodePort ?? 0, 'spec.healthCheckNodePort');
}
