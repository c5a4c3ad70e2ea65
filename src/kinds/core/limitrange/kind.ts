import type { LimitRange } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { createdAt } from '../../printing';
import { limitRangeStrategy } from './strategy';

export const limitRange: Kind<LimitRange> = {
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  singular: 'limitrange',
  shortNames: ['limits'],
  namespaced: true,
  schema: 'io.k8s.api.core.v1.LimitRange',
  strategy: limitRangeStrategy,
  columns: [createdAt],
};
