import type { Namespace } from '../../../api/generated/core.v1';
import { labelSelectorMatcher } from '../../../api/selectors';
import { group } from '../../../kinds/gateway.networking.k8s.io/definitions/schema';
import type { Gateway, HTTPRoute, ParentReference } from '../../../kinds/gateway.networking.k8s.io/types';
import { bad, good, type Finding } from './conditions';
import type { ListenerView } from './listeners';

export type NamespaceView = (name: string) => Namespace | undefined;

/** Where a route is attached through one of its parents: each listener, with the hostnames that both have. */
export interface Attachment {
  readonly listeners: readonly { readonly view: ListenerView; readonly hostnames: readonly string[] }[];
  readonly accepted: Finding;
}

export function gatewayOf(parent: ParentReference, route: HTTPRoute): string | undefined {
  const { group: of = group, kind = 'Gateway', namespace = route.metadata.namespace, name } = parent;
  return of === group && kind === 'Gateway' ? `${namespace}/${name}` : undefined;
}

/** `views`: the listeners of the parent. */
export function attach(route: HTTPRoute, parent: ParentReference, gateway: Gateway, views: readonly ListenerView[], namespaces: NamespaceView): Attachment {
  const refused = (reason: string, message: string): Attachment => ({ listeners: [], accepted: bad('Accepted', reason, message) });
  const meant = views.filter(({ listener }) => (!parent.sectionName || listener.name === parent.sectionName) && (!parent.port || listener.port === parent.port));
  if (meant.length === 0) return refused('NoMatchingParent', `Gateway ${gateway.metadata.namespace}/${gateway.metadata.name} has no such listener; it has ${views.map(({ listener }) => `${listener.name}:${listener.port}`).join(', ')}`);
  const allowed = meant.filter((view) => view.supportedKinds.length > 0 && allowsNamespace(view, route.metadata.namespace ?? '', namespaces));
  if (allowed.length === 0) return refused('NotAllowedByListeners', `no listener takes HTTPRoutes of namespace ${route.metadata.namespace}`);
  const hostnames = route.spec.hostnames ?? [];
  const listeners = allowed.flatMap((view) => {
    const common = commonHostnames(view.hostname, hostnames);
    return common.length ? [{ view, hostnames: common }] : [];
  });
  if (listeners.length === 0) return refused('NoMatchingListenerHostname', `no listener has one of the hostnames ${hostnames.join(', ')}`);
  return { listeners, accepted: good('Accepted') };
}

function allowsNamespace({ gateway, listener }: ListenerView, namespace: string, namespaces: NamespaceView): boolean {
  const { from = 'Same', selector } = listener.allowedRoutes?.namespaces ?? {};
  if (from === 'All') return true;
  if (from === 'Same') return namespace === gateway.metadata.namespace;
  const found = namespaces(namespace);
  return found !== undefined && selector !== undefined && labelSelectorMatcher(selector)(found.metadata.labels);
}

/** What both serve, the more precise of each pair. A route without hostnames has those of the listener. */
export function commonHostnames(listener: string, hostnames: readonly string[]): string[] {
  if (hostnames.length === 0) return [listener];
  return [...new Set(hostnames.flatMap((given) => {
    const name = given.toLowerCase();
    if (listener === '*' || covers(listener, name)) return [name];
    return covers(name, listener) ? [listener] : [];
  }))];
}

/** `*.example.com` stands for any number of labels, not for none. */
const covers = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.startsWith('*.') && name.length > pattern.length - 1 && name.endsWith(pattern.slice(1)) && name !== pattern.slice(2));
