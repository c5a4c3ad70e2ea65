import type { LimitRange, LimitRangeItem } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateLimitRange } from './validation';

/** What a container gets that says nothing: the most it may have as its limit, that (or the least) as its request. */
function defaultItem(item: LimitRangeItem): void {
  if (item.type !== 'Container') return;
  item.default = { ...item.max, ...item.default };
  item.defaultRequest = { ...item.min, ...item.default, ...item.defaultRequest };
}

/** After SetDefaults_LimitRangeItem and pkg/registry/core/limitrange/strategy.go. */
export const limitRangeStrategy: Strategy<LimitRange> = {
  setDefaults: ({ spec }) => spec?.limits?.forEach(defaultItem),
  validate: validateLimitRange,
  generationOf: () => undefined,
  allowCreateOnUpdate: true,
};
