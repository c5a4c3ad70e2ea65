import type { Kind, Subresource, Verb } from '../../../kinds/kind';
import { subresourceHandlers } from '../registry';

type DiscoveryVerb = 'get' | 'create' | 'update' | 'patch' | 'delete';

export interface DiscoveredSubresource {
  readonly name: Subresource;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs: readonly DiscoveryVerb[];
}

/** Those that stream or answer with something that is no object; in the order in which upstream prints verbs. */
const streaming: Partial<Record<Subresource, { kind: string; verbs: readonly DiscoveryVerb[] }>> = {
  log: { kind: 'Pod', verbs: ['get'] },
  exec: { kind: 'PodExecOptions', verbs: ['create', 'get'] },
  attach: { kind: 'PodAttachOptions', verbs: ['create', 'get'] },
  portforward: { kind: 'PodPortForwardOptions', verbs: ['create', 'get'] },
  token: { kind: 'TokenRequest', verbs: ['create'] },
  proxy: { kind: 'ProxyOptions', verbs: ['create', 'delete', 'get', 'patch', 'update'] },
};

const tokenType = { group: 'authentication.k8s.io', version: 'v1' };

export function discoveredSubresources(kind: Kind): DiscoveredSubresource[] {
  return [...(kind.subresources ?? [])].sort().map((name) => {
    const stream = streaming[name];
    if (stream) return { name, ...(name === 'token' ? tokenType : kind), kind: name === 'proxy' ? `${kind.kind}ProxyOptions` : stream.kind, verbs: stream.verbs };
    const handler = subresourceHandlers[name];
    const { group, version, kind: of } = handler?.type ?? kind;
    return { name, group, version, kind: of, verbs: name === 'finalize' ? ['update'] : verbsOf(handler) };
  });
}

const verbsOf = (handler: object | undefined): DiscoveryVerb[] =>
  (['create', 'get', 'patch', 'update'] as const).filter((verb) => handler && verb in handler);

const allVerbs: readonly Verb[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** In upstream's order. */
export const kindVerbs = (kind: Kind): readonly Verb[] => allVerbs.filter((verb) => !kind.verbs || kind.verbs.includes(verb));
