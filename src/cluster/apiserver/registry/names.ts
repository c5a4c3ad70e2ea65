import type { Random } from '../../../api/clock';
import { randomSuffix, suffixLength } from '../../../api/random-suffix';

const nameMax = 63;

/** A name for generateName. Source: SimpleNameGenerator. */
export const generatedName = (base: string, random: Random): string => base.slice(0, nameMax - suffixLength) + randomSuffix(random);

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const [a, b, c, d] = [bits32(random), bits32(random), bits32(random), bits32(random)];
  const [high, low] = [hex8(b), hex8((c & 0x3fffffff) | 0x80000000)];
  return `${hex8(a)}-${high.slice(0, 4)}-4${high.slice(5)}-${low.slice(0, 4)}-${low.slice(4)}${hex8(d)}`;
}

const bits32 = (random: Random): number => Math.floor(random() * 2 ** 32);
const hex8 = (bits: number): string => (bits >>> 0).toString(16).padStart(8, '0');
