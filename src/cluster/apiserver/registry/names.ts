import type { Random } from '../../../api/clock';

/** No vowels and no digits that look like them, so that no words come out. Source: k8s.io/apimachinery/pkg/util/rand. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;
const nameMax = 63;

const randomSuffix = (random: Random): string =>
  Array.from({ length: suffixLength }, () => letters[Math.floor(random() * letters.length)]).join('');

/** A name for generateName. Source: SimpleNameGenerator. */
export const generatedName = (base: string, random: Random): string => base.slice(0, nameMax - suffixLength) + randomSuffix(random);

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, (_, at) => {
    const digit = Math.floor(random() * 16);
    return (at === 12 ? 4 : at === 16 ? (digit & 3) | 8 : digit).toString(16);
  }).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
