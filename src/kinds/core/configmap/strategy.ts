import type { ConfigMap } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const configMapStrategy: Strategy<ConfigMap> = {};
