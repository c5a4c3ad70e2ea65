import type { GatewayClass } from './types';

export const gatewayController = 'knarr.dev/gateway-controller';

/** The class of the Gateways that this machine serves. */
export const ownGatewayClass: GatewayClass = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name: 'knarr' },
  spec: { controllerName: gatewayController },
};
