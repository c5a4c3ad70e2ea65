import { addQuantity, compareQuantity, newQuantity, subQuantity, type Quantity } from '../../../api/quantity';

/** Amounts by the names that quotas use. */
export type Usage = ReadonlyMap<string, Quantity>;

export const count = (value: number): Quantity => newQuantity(value, 'DecimalSI');
const nothing = count(0);

export function addUsage(a: Usage, b: Usage): Usage {
  const sum = new Map(a);
  addTo(sum, b);
  return sum;
}

/** Adds in place, for long sums. */
export function addTo(sum: Map<string, Quantity>, usage: Usage): void {
  for (const [name, amount] of usage) sum.set(name, sum.has(name) ? addQuantity(sum.get(name)!, amount) : amount);
}

/** How much more `after` is; what became less is nothing. */
export const growth = (after: Usage, before: Usage): Usage =>
  new Map([...after].map(([name, amount]) => [name, positive(before.has(name) ? subQuantity(amount, before.get(name)!) : amount)]));

const positive = (amount: Quantity) => (isPositive(amount) ? amount : nothing);
export const isPositive = (amount: Quantity): boolean => compareQuantity(amount, nothing) > 0;
