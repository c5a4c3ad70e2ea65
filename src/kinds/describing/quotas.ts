import { canonicalQuantity } from '../../api/quantity';
import type { LimitRange, LimitRangeItem, ResourceQuota } from '../../api/generated/core.v1';
import { field, type Write } from './writer';

export const scopeTexts: Record<string, string> = {
  Terminating: 'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating: 'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort: 'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort: 'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

const quantityText = (quantity: string | undefined) => canonicalQuantity(quantity ?? '0');

function describeQuota(write: Write, { metadata, spec, status }: ResourceQuota): void {
  field(write, 'Name', metadata.name, 1);
  const scopes = [...spec.scopes ?? []].sort();
  if (scopes.length > 0) field(write, 'Scopes', scopes.join(', '), 1);
  for (const scope of scopes) if (scopeTexts[scope]) write(1, `* ${scopeTexts[scope]}\n`);
  write(1, 'Resource\tUsed\tHard\n');
  write(1, '--------\t---\t---\n');
  for (const name of Object.keys(status?.hard ?? {}).sort()) {
    write(1, `${name}\t${quantityText(status?.used?.[name])}\t${quantityText(status?.hard?.[name])}\n`);
  }
}

export function describeQuotas(write: Write, quotas: readonly ResourceQuota[]): void {
  if (quotas.length === 0) return write(0, 'No resource quota.\n');
  write(0, 'Resource Quotas\n');
  const byName = (a: ResourceQuota, b: ResourceQuota) => a.metadata.name < b.metadata.name ? -1 : 1;
  for (const quota of [...quotas].sort(byName)) describeQuota(write, quota);
}

const lists = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'] as const;

export function describeLimits(write: Write, items: readonly LimitRangeItem[], prefix: string): void {
  for (const item of items) {
    const names = new Set(lists.flatMap((list) => Object.keys(item[list] ?? {})));
    for (const name of names) {
      const cells = lists.map((list) => item[list]?.[name] === undefined ? '-' : canonicalQuantity(item[list][name]));
      write(0, `${prefix}${[item.type, name, ...cells].join('\t')}\n`);
    }
  }
}

export function describeLimitRanges(write: Write, ranges: readonly LimitRange[]): void {
  if (ranges.length === 0) return write(0, 'No LimitRange resource.\n');
  write(0, 'Resource Limits\n Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n');
  write(0, ' ----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n');
  for (const { spec } of ranges) describeLimits(write, spec?.limits ?? [], ' ');
}
