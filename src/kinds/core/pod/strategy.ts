import type { Pod } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const podStrategy: Strategy<Pod> = {};
