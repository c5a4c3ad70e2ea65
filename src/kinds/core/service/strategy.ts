import type { Service } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const serviceStrategy: Strategy<Service> = {};
