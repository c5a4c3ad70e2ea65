import { createHash } from 'node:crypto';
import { goJson } from '../../../print/go-json';

const hashLength = 10;
/** So that no words come about. */
const replaced: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** With --append-hash the name tells the content. After k8s.io/kubectl/pkg/util/hash. */
export function hashedName(name: string, content: object): string {
  const hex = createHash('sha256').update(goJson(content)).digest('hex').slice(0, hashLength);
  return `${name}-${[...hex].map((digit) => replaced[digit] ?? digit).join('')}`;
}
