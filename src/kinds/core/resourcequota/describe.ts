import type { ResourceQuota } from '../../../api/generated/core.v1';
import { formatQuantity, newQuantity, parseQuantity, quantityValue } from '../../../api/quantity';
import type { Describe } from '../../describe';
import { scopeTexts } from '../../describing/quotas';
import { describeText, field } from '../../describing/writer';

/** The amount used, in the manner of the hard limit: 1024 of 2Ki are 1Ki. */
function usedText(used: string | undefined, hard: string): string {
  const [amount, { format }] = [parseQuantity(used ?? '0'), parseQuantity(hard)];
  return formatQuantity(amount.format === format ? amount : newQuantity(quantityValue(amount), format));
}

export const resourceQuotaDescribe: Describe<ResourceQuota> = {
  group: '',
  kind: 'ResourceQuota',
  render: ({ metadata, spec, status }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    const scopes = [...spec?.scopes ?? []].sort();
    if (scopes.length > 0) field(write, 'Scopes', scopes.join(', '));
    for (const scope of scopes) if (scopeTexts[scope]) write(0, ` * ${scopeTexts[scope]}\n`);
    write(0, 'Resource\tUsed\tHard\n');
    write(0, '--------\t----\t----\n');
    for (const name of Object.keys(status?.hard ?? {}).sort()) {
      const hard = status!.hard![name]!;
      write(0, `${name}\t${usedText(status?.used?.[name], hard)}\t${formatQuantity(parseQuantity(hard))}\n`);
    }
  }),
};
