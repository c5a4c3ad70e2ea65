import type { Secret } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const secretStrategy: Strategy<Secret> = {};
