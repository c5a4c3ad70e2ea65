import { addQuantity, newQuantity, parseQuantity, quantityValue, toMilli, type Quantity } from '../../../api/quantity';

/** What something uses. */
export interface Usage {
  readonly cpu: Quantity;
  readonly memory: Quantity;
}

const none: Usage = { cpu: newQuantity(0, 'DecimalSI'), memory: newQuantity(0, 'BinarySI') };
const mebi = 1024 * 1024;

export const usageOf = (of: Readonly<Record<string, string>>): Usage => ({ cpu: parseQuantity(of['cpu'] ?? '0'), memory: parseQuantity(of['memory'] ?? '0') });

export const sumOf = (usages: readonly Usage[]): Usage =>
  usages.reduce((sum, each) => ({ cpu: addQuantity(sum.cpu, each.cpu), memory: addQuantity(sum.memory, each.memory) }), none);

/** The cells of a table, each ended by a tab: usage, and behind each its share of what is available, where that is known. */
export function usageCells({ cpu, memory }: Usage, available: Readonly<Record<string, string>> = {}): string {
  const share = (used: Quantity, of: string | undefined) => (of === undefined ? '' : `${Math.trunc((toMilli(used) / toMilli(parseQuantity(of))) * 100)}%\t`);
  return `${toMilli(cpu)}m\t${share(cpu, available['cpu'])}${Math.trunc(quantityValue(memory) / mebi)}Mi\t${share(memory, available['memory'])}`;
}

/** Largest first, or by name. */
export function compareBy<T>(sortBy: string, usageOfItem: (item: T) => Usage, nameOf: (item: T) => string): (a: T, b: T) => number {
  if (sortBy === 'cpu') return (a, b) => toMilli(usageOfItem(b).cpu) - toMilli(usageOfItem(a).cpu);
  if (sortBy === 'memory') return (a, b) => quantityValue(usageOfItem(b).memory) - quantityValue(usageOfItem(a).memory);
  return (a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0);
}
