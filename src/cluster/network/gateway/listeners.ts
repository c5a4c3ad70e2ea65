import type { SecureContext } from 'node:tls';
import type { Gateway, Listener, ReferenceGrant, RouteKind } from '../../../kinds/gateway.networking.k8s.io/types';
import { group } from '../../../kinds/gateway.networking.k8s.io/definitions/schema';
import type { Certificates, SecretView } from '../ingress/secrets';
import { bad, good, type Finding } from './conditions';
import { isGranted } from './references';

/** A listener as it was found to be. */
export interface ListenerView {
  readonly gateway: Gateway;
  readonly listener: Listener;
  readonly secure: boolean;
  /** Lower-case; `*` for all. */
  readonly hostname: string;
  readonly supportedKinds: readonly RouteKind[];
  readonly accepted: Finding;
  readonly resolved: Finding;
  readonly conflicted: Finding;
  readonly contexts: readonly SecureContext[];
}

export interface ListenerContext {
  readonly grants: readonly ReferenceGrant[];
  readonly secrets: SecretView;
  readonly certificates: Certificates;
  /** Why this machine's port cannot be had, as far as that is known. */
  readonly portProblem: (port: number, secure: boolean) => string | undefined;
}

const protocols: Readonly<Record<string, { readonly secure: boolean }>> = { HTTP: { secure: false }, HTTPS: { secure: true } };

const isRoute = ({ group: of = group, kind }: RouteKind): boolean => of === group && kind === 'HTTPRoute';

export const isProgrammed = ({ accepted, resolved, conflicted }: ListenerView): boolean =>
  accepted.status === 'True' && conflicted.status === 'False' && (resolved.status === 'True' || resolved.reason === 'InvalidRouteKinds');

/** All listeners of all gateways, the older gateway first: they share this machine's address, and so its ports. */
export function viewListeners(gateways: readonly Gateway[], context: ListenerContext): ListenerView[] {
  const views = gateways.flatMap((gateway) => gateway.spec.listeners.map((listener) => viewOf(gateway, listener, context)));
  return views.map((view, index) => ({ ...view, conflicted: conflictOf(view, views.slice(0, index)) }));
}

function viewOf(gateway: Gateway, listener: Listener, context: ListenerContext): ListenerView {
  const protocol = protocols[listener.protocol];
  const secure = protocol?.secure ?? false;
  const kinds = listener.allowedRoutes?.kinds;
  const supportedKinds = protocol && (!kinds?.length || kinds.some(isRoute)) ? [{ group, kind: 'HTTPRoute' }] : [];
  const tls = secure ? certificatesOf(gateway, listener, context) : { contexts: [], finding: undefined };
  return {
    gateway, listener, secure, supportedKinds, contexts: tls.contexts, hostname: listener.hostname?.toLowerCase() || '*',
    accepted: acceptance(listener, protocol !== undefined, context.portProblem(listener.port, secure)),
    resolved: kinds?.some((one) => !isRoute(one)) ? bad('ResolvedRefs', 'InvalidRouteKinds', 'only HTTPRoutes of gateway.networking.k8s.io can be served') : tls.finding ?? good('ResolvedRefs'),
    conflicted: noConflict,
  };
}

function acceptance({ protocol, port }: Listener, isKnown: boolean, portProblem: string | undefined): Finding {
  if (!isKnown) return bad('Accepted', 'UnsupportedProtocol', `the protocol ${protocol} is not served, only HTTP and HTTPS`);
  return portProblem === undefined ? good('Accepted') : bad('Accepted', 'PortUnavailable', `port ${port} of this machine: ${portProblem}`);
}

function certificatesOf(gateway: Gateway, { tls }: Listener, { grants, secrets, certificates }: ListenerContext): { contexts: SecureContext[]; finding?: Finding } {
  const own = gateway.metadata.namespace ?? '';
  const contexts: SecureContext[] = [];
  let finding: Finding | undefined;
  for (const { group: of = '', kind = 'Secret', name, namespace = own } of tls?.certificateRefs ?? []) {
    if (of !== '' || kind !== 'Secret') finding ??= bad('ResolvedRefs', 'InvalidCertificateRef', `a ${kind} holds no certificate`);
    else if (!isGranted(grants, { group, kind: 'Gateway', namespace: own }, { group: '', kind, namespace, name })) {
      finding ??= bad('ResolvedRefs', 'RefNotPermitted', `no ReferenceGrant lets Gateways of namespace ${own} use Secret ${namespace}/${name}`);
    } else {
      const found = certificates.of(secrets, namespace, name);
      if ('problem' in found) finding ??= bad('ResolvedRefs', 'InvalidCertificateRef', found.problem);
      else contexts.push(found.context);
    }
  }
  return { contexts, ...(finding && { finding }) };
}

const noConflict: Finding = { type: 'Conflicted', status: 'False', reason: 'NoConflicts', message: '' };

/** With those that come before it. */
function conflictOf(view: ListenerView, earlier: readonly ListenerView[]): Finding {
  const samePort = earlier.filter(({ listener, accepted }) => listener.port === view.listener.port && accepted.status === 'True');
  const name = ({ gateway: { metadata }, listener }: ListenerView) => `listener ${listener.name} of Gateway ${metadata.namespace}/${metadata.name}`;
  const other = samePort.find(({ secure }) => secure !== view.secure);
  if (other) return { type: 'Conflicted', status: 'True', reason: 'ProtocolConflict', message: `${name(other)} has port ${view.listener.port} for ${other.listener.protocol}` };
  const same = samePort.find(({ hostname }) => hostname === view.hostname);
  return same ? { type: 'Conflicted', status: 'True', reason: 'HostnameConflict', message: `${name(same)} has this port and hostname` } : noConflict;
}
