import type { Endpoints } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const endpointsStrategy: Strategy<Endpoints> = {};
