import type { PolicyRule } from '../../api/generated/rbac.v1';
import { grantRows } from '../../api/rbac';
import type { Write } from '../describing/writer';

export function describeRules(write: Write, rules: readonly PolicyRule[] | undefined): void {
  write(0, 'PolicyRule:\n');
  write(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n');
  write(1, '---------\t-----------------\t--------------\t-----\n');
  for (const cells of grantRows(rules ?? [])) write(1, `${cells.join('\t')}\n`);
}
