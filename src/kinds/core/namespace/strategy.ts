import type { Namespace } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const namespaceStrategy: Strategy<Namespace> = {};
