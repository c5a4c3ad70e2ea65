import type { Candidate } from '../cluster-state';
import type { HostPort } from '../node-info';
import { rejected, type Filter } from '../plugins';

/* Filters on what is left of the node. */

export const nodePorts: Filter = ({ hostPorts }) => {
  if (hostPorts.length === 0) return undefined;
  return ({ pods }) => {
    const taken = [...pods.values()].some((other) => other.hostPorts.some((used) => hostPorts.some((wanted) => collide(used, wanted))));
    return taken ? rejected(true, "node(s) didn't have free ports for the requested pod ports") : undefined;
  };
};

const collide = (a: HostPort, b: HostPort) =>
  a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === '0.0.0.0' || b.ip === '0.0.0.0');

/** Resources are named in this order. */
const basic = ['cpu', 'memory', 'ephemeral-storage'];

export const resourcesFit: Filter = ({ requests }) => {
  const names = [...basic, ...Object.keys(requests).filter((name) => !basic.includes(name)).sort()].filter((name) => (requests[name] ?? 0) > 0);
  return (node: Candidate) => {
    const reasons: string[] = [];
    if (node.pods.size + 1 > (node.allocatable.pods ?? 0)) reasons.push('Too many pods');
    let preemptible = true;
    for (const name of names) {
      const allocatable = node.allocatable[name] ?? 0;
      if (requests[name]! <= allocatable - (node.requested[name] ?? 0)) continue;
      reasons.push(`Insufficient ${name}`);
      // More than the empty node has.
      if (requests[name]! > allocatable) preemptible = false;
    }
    return reasons.length > 0 ? { reasons, preemptible } : undefined;
  };
};
