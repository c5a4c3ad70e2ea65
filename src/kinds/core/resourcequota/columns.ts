import { canonicalQuantity } from '../../../api/quantity';
import type { ResourceQuota } from '../../../api/generated/core.v1';
import type { Column } from '../../kind';
import { age } from '../../printing';

/** `pods: 1/10, requests.cpu: 0/4` */
function usageText({ status }: ResourceQuota, ofLimits: boolean): string {
  const names = Object.keys(status?.hard ?? {}).filter((name) => name.startsWith('limits.') === ofLimits).sort();
  const amount = (text: string | undefined) => canonicalQuantity(text ?? '0');
  return names.map((name) => `${name}: ${amount(status?.used?.[name])}/${amount(status?.hard?.[name])}`).join(', ');
}

export const resourceQuotaColumns: readonly Column<ResourceQuota>[] = [
  { name: 'Request', value: (quota) => usageText(quota, false) },
  { name: 'Limit', value: (quota) => usageText(quota, true) },
  age,
];
