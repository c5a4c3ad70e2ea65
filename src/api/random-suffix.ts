import type { Random } from './clock';

/** No vowels and no digits that look like them, so that no words come out. Source: k8s.io/apimachinery/pkg/util/rand. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';
export const suffixLength = 5;

/** What makes a name one of its own: `x7k2q`. */
export const randomSuffix = (random: Random): string =>
  Array.from({ length: suffixLength }, () => letters[Math.floor(random() * letters.length)]).join('');
