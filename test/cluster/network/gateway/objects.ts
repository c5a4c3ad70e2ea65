import type { Gateway, GatewayClass, HTTPRoute, Listener, ParentReference, ReferenceGrant, RouteMatch, RouteRule } from '../../../../src/kinds/gateway.networking.k8s.io/types';

export const gatewayClass = (name = 'knarr', controllerName = 'knarr.dev/gateway-controller'): GatewayClass => ({ metadata: { name }, spec: { controllerName } });

export const http = (name: string, more: Partial<Listener> = {}): Listener =>
  ({ name, port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } }, ...more });

const day = (at: string) => ({ creationTimestamp: `2026-01-${at}T00:00:00Z`, generation: 1 });

export const gateway = (name: string, listeners: Listener[], more: Partial<Gateway['spec']> = {}, since = '01'): Gateway => ({
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name, namespace: 'default', ...day(since) },
  spec: { gatewayClassName: 'knarr', listeners, ...more },
});

interface RouteOptions {
  readonly parents?: readonly ParentReference[];
  readonly hostnames?: readonly string[];
  readonly namespace?: string;
  readonly since?: string;
}

export const route = (name: string, rules: readonly RouteRule[], { parents = [{ name: 'gw' }], hostnames, namespace = 'default', since = '01' }: RouteOptions = {}): HTTPRoute => ({
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name, namespace, ...day(since) },
  spec: { parentRefs: parents, ...(hostnames && { hostnames }), rules },
});

/** A rule to the port 80 of a Service. */
export const to = (service: string, ...matches: RouteMatch[]): RouteRule => ({ ...(matches.length && { matches }), backendRefs: [{ name: service, port: 80 }] });

export const prefix = (value: string): RouteMatch => ({ path: { type: 'PathPrefix', value } });
export const exact = (value: string): RouteMatch => ({ path: { type: 'Exact', value } });
export const pattern = (value: string): RouteMatch => ({ path: { type: 'RegularExpression', value } });
export const header = (name: string, value: string, type?: string): RouteMatch => ({ headers: [{ name, value, ...(type && { type }) }] });
export const query = (name: string, value: string): RouteMatch => ({ queryParams: [{ name, value }] });

export const grant = (namespace: string, from: { kind: string; namespace: string }, to: { kind: string; name?: string }): ReferenceGrant => ({
  metadata: { name: 'grant', namespace },
  spec: { from: [{ group: 'gateway.networking.k8s.io', ...from }], to: [{ group: '', ...to }] },
});
