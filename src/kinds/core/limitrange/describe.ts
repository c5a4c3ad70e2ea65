import type { LimitRange } from '../../../api/generated/core.v1';
import type { Describe } from '../../describe';
import { describeLimits } from '../../describing/quotas';
import { describeText, field } from '../../describing/writer';

export const limitRangeDescribe: Describe<LimitRange> = {
  group: '',
  kind: 'LimitRange',
  render: ({ metadata, spec }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    write(0, 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n');
    write(0, '----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n');
    describeLimits(write, spec?.limits ?? [], '');
  }),
};
