import type { Service } from '../../../api/generated/core.v1';
import type { UserInfo } from '../authn/user';
import type { Identity, Peer } from '../outbound/agents';
import type { Store } from '../../store';
import type { RemoteService } from './services';

/** The server behind an APIService, to which we are the front proxy. */
export function peerOf({ spec: { service: { namespace, name, port }, caBundle, insecureSkipTLSVerify } }: RemoteService, identity: Identity | undefined): Peer {
  return {
    host: `${name}.${namespace}.svc`, service: { namespace, name, port },
    ...(caBundle && { caBundle }), ...(insecureSkipTLSVerify && { insecure: true }), ...(identity && { identity }),
  };
}

/** Where the aggregator says that it goes: `https://10.96.3.4:443`. Source: ResolveCluster. */
export function addressOf(store: Store, { spec: { service: { namespace, name, port } } }: RemoteService): string {
  const { type, externalName, clusterIP } = (store.get(`/services/${namespace}/${name}`)?.object as Service | undefined)?.spec ?? {};
  const host = type === 'ExternalName' ? externalName : clusterIP;
  return `https://${host?.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Says for whom we ask, in the headers that only a front proxy may send. Source: SetAuthProxyHeaders. */
export function userHeaders({ name, uid, groups, extra = {} }: UserInfo): Record<string, string | string[]> {
  const more = Object.entries(extra).map(([key, values]): [string, string[]] => [`x-remote-extra-${escapedKey(key)}`, [...values]]);
  return { 'x-remote-user': name, ...(uid && { 'x-remote-uid': uid }), ...(groups.length && { 'x-remote-group': [...groups] }), ...Object.fromEntries(more) };
}

/** Every byte that may not stand in the name of a header, and the percent sign itself. */
const escapedKey = (key: string): string => [...Buffer.from(key)]
  .map((byte) => (/[A-Za-z0-9!#$&'*+\-.^_`|~]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('');

/** Who asks on the aggregator's own behalf. */
export const aggregator: UserInfo = { name: 'system:kube-aggregator', groups: ['system:masters'] };
