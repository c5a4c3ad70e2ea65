import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Strategy } from '../../kind';

export const endpointSliceStrategy: Strategy<EndpointSlice> = {};
