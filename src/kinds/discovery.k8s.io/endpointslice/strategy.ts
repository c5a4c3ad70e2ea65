import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Strategy } from '../../kind';
import { validateEndpointSlice, validateEndpointSliceUpdate } from './validation';

/** After SetDefaults_EndpointPort and pkg/registry/discovery/endpointslice/strategy.go. */
export const endpointSliceStrategy: Strategy<EndpointSlice> = {
  setDefaults({ ports }) {
    for (const port of ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  validate: validateEndpointSlice,
  validateUpdate: validateEndpointSliceUpdate,
  generationOf: ({ addressType, endpoints, ports, metadata: { labels } }) => ({ addressType, endpoints, ports, labels }),
  allowCreateOnUpdate: true,
};
