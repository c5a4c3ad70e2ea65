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
  const isShort = (node: Candidate, name: string) => requests[name]! > (node.allocatable[name] ?? 0) - (node.requested[name] ?? 0);
  return (node) => {
    const isFull = node.pods.size + 1 > (node.allocatable.pods ?? 0);
    if (!isFull && !names.some((name) => isShort(node, name))) return undefined;
    const short = names.filter((name) => isShort(node, name));
    return {
      reasons: [...(isFull ? ['Too many pods'] : []), ...short.map((name) => `Insufficient ${name}`)],
      // Not for more than the empty node has.
      preemptible: short.every((name) => requests[name]! <= (node.allocatable[name] ?? 0)),
    };
  };
};
