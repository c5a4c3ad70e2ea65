import { gatewayController as controllerName } from '../../../kinds/gateway.networking.k8s.io/own-class';
import type { Gateway, GatewayClass, GatewayStatus, HTTPRoute, RouteParentStatus } from '../../../kinds/gateway.networking.k8s.io/types';
import type { GatewayTable, ParentFinding } from './compile';
import { bad, conditionsOf, good, type Finding } from './conditions';
import { isProgrammed, type ListenerView } from './listeners';

/** `now`: RFC 3339. */
export function classStatus({ spec, status, metadata }: GatewayClass, now: string) {
  const finding = spec.parametersRef ? bad('Accepted', 'InvalidParameters', 'this controller takes no parameters') : good('Accepted', 'Accepted', 'served by knarr');
  return { conditions: conditionsOf([finding], status?.conditions, metadata.generation, now) };
}

export interface GatewayContext {
  readonly table: GatewayTable;
  /** Of this machine, where all gateways are served. */
  readonly address: string;
  readonly now: string;
}

export function gatewayStatus(gateway: Gateway, { table, address, now }: GatewayContext): GatewayStatus {
  const views = table.listeners.get(gateway) ?? [];
  const { metadata: { generation }, status } = gateway;
  return {
    addresses: [{ type: 'IPAddress', value: address }],
    conditions: conditionsOf(gatewayFindings(gateway, views, address), status?.conditions, generation, now),
    listeners: views.map((view) => ({
      name: view.listener.name, attachedRoutes: table.attached.get(view) ?? 0, supportedKinds: view.supportedKinds,
      conditions: conditionsOf(listenerFindings(view), status?.listeners?.find(({ name }) => name === view.listener.name)?.conditions, generation, now),
    })),
  };
}

function gatewayFindings({ spec }: Gateway, views: readonly ListenerView[], address: string): Finding[] {
  if (spec.infrastructure?.parametersRef) {
    return [bad('Accepted', 'InvalidParameters', 'this controller takes no parameters'), bad('Programmed', 'Invalid', 'it is not accepted')];
  }
  const other = spec.addresses?.find(({ type = 'IPAddress', value }) => value && (type !== 'IPAddress' || value !== address));
  if (other && other.type && other.type !== 'IPAddress') {
    return [bad('Accepted', 'UnsupportedAddress', `addresses of type ${other.type} cannot be had here`), bad('Programmed', 'AddressNotUsable', `every Gateway has the address ${address}`)];
  }
  const invalid = views.filter((view) => !isProgrammed(view)).map(({ listener }) => listener.name);
  const accepted = invalid.length === 0 ? good('Accepted') : { ...good('Accepted'), reason: 'ListenersNotValid', message: `not valid: ${invalid.join(', ')}` };
  if (other) return [accepted, bad('Programmed', 'AddressNotUsable', `every Gateway has the address ${address}`)];
  return invalid.length === views.length
    ? [{ ...accepted, status: 'False' }, bad('Programmed', 'Invalid', 'no listener is valid')]
    : [accepted, good('Programmed')];
}

function listenerFindings(view: ListenerView): Finding[] {
  const programmed = isProgrammed(view) ? good('Programmed') : bad('Programmed', 'Invalid', 'see the other conditions');
  return [view.accepted, programmed, view.resolved, view.conflicted];
}

/** What other controllers have said stays. */
export function routeStatus(route: HTTPRoute, found: readonly ParentFinding[], now: string): { parents: RouteParentStatus[] } {
  const known = route.status?.parents ?? [];
  const own = found.map(({ parent, findings }): RouteParentStatus => ({
    parentRef: parent, controllerName,
    conditions: conditionsOf(findings, known.find((one) => one.controllerName === controllerName && sameParent(one.parentRef, parent))?.conditions, route.metadata.generation, now),
  }));
  return { parents: [...known.filter((one) => one.controllerName !== controllerName), ...own] };
}

const sameParent = (a: RouteParentStatus['parentRef'], b: RouteParentStatus['parentRef']): boolean =>
  (['group', 'kind', 'namespace', 'name', 'sectionName', 'port'] as const).every((field) => a[field] === b[field]);
