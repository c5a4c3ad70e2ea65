import { gatewayClasses } from './gateway-class';
import { gateways } from './gateway';
import { httpRoutes } from './http-route';
import { referenceGrants } from './reference-grant';

/** Of the kinds of Gateway API that the cluster serves by itself: https://gateway-api.sigs.k8s.io/reference/spec/ */
export const gatewayDefinitions = [gatewayClasses, gateways, httpRoutes, referenceGrants];
