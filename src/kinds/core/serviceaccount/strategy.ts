import type { ServiceAccount } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const serviceAccountStrategy: Strategy<ServiceAccount> = {};
