import { isIPv4 } from 'node:net';

/** What a question is about, read off its name. `endpoint`, `port` and `protocol` are absent for the Service itself. */
export type ClusterName =
  | { about: 'service'; namespace: string; service: string; endpoint?: string }
  | { about: 'port'; namespace: string; service: string; port: string; protocol: string }
  | { about: 'pod'; namespace: string; address: string }
  /** `<namespace>.svc` and `<namespace>.pod`: no records of their own, but not missing either. */
  | { about: 'namespace'; namespace: string }
  /** The zone itself, and `svc` and `pod` in it. */
  | { about: 'zone'; apex: boolean }
  | { about: 'nameserver' }
  | { about: 'version' }
  | { about: 'address'; address: string }
  /** In the zone, but of no form that can exist. */
  | { about: 'nothing' };

/** `undefined` when the name belongs to other name servers. `domain` is the cluster's: `cluster.local`. Names are lower-case. */
export function parseClusterName(name: string, domain: string): ClusterName | undefined {
  if (name.endsWith('.in-addr.arpa')) return { about: 'address', address: reversed(name.slice(0, -'.in-addr.arpa'.length)) };
  if (name === domain) return { about: 'zone', apex: true };
  if (!name.endsWith(`.${domain}`)) return undefined;
  const labels = name.slice(0, -domain.length - 1).split('.');
  const branch = labels.pop()!;
  if (labels.length === 0) return branch === 'svc' || branch === 'pod' ? { about: 'zone', apex: false } : { about: branch === 'dns-version' ? 'version' : 'nothing' };
  if (branch === 'dns' && labels.length === 1 && labels[0] === 'ns') return { about: 'nameserver' };
  if (branch === 'svc') return inServices(labels);
  if (branch === 'pod') return inPods(labels);
  return { about: 'nothing' };
}

function inServices(labels: string[]): ClusterName {
  const namespace = labels.pop()!;
  const service = labels.pop();
  if (service === undefined) return { about: 'namespace', namespace };
  const [first, second] = labels;
  if (first === undefined) return { about: 'service', namespace, service };
  if (second === undefined) return { about: 'service', namespace, service, endpoint: first };
  if (labels.length === 2 && first.startsWith('_') && second.startsWith('_')) {
    return { about: 'port', namespace, service, port: first.slice(1), protocol: second.slice(1) };
  }
  return { about: 'nothing' };
}

function inPods(labels: string[]): ClusterName {
  const namespace = labels.pop()!;
  if (labels.length === 0) return { about: 'namespace', namespace };
  const address = labels[0]!.replaceAll('-', '.');
  return labels.length === 1 && isIPv4(address) ? { about: 'pod', namespace, address } : { about: 'nothing' };
}

const reversed = (labels: string): string => labels.split('.').reverse().join('.');
