import type { ReplicaSet } from '../../../api/generated/apps.v1';
import type { Strategy } from '../../kind';

export const replicaSetStrategy: Strategy<ReplicaSet> = {};
