import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { goRegExp } from '../scalars';

type Item = bigint | number | string;

const least = (items: readonly Item[], sign: 1 | -1): Item => items.reduce((best, next) => ((next < best) === (sign === 1) ? next : best));
const indexOf = (items: readonly unknown[], value: unknown) => BigInt(items.indexOf(value));
const matches = (text: string, pattern: string): string[] => {
  const regExp = goRegExp(pattern);
  return regExp ? [...text.matchAll(new RegExp(regExp.source, `${regExp.flags}g`))].map(([match]) => match) : [];
};

/**
 * CEL as rules of CRDs have it, without the libraries for quantities, addresses and URLs.
 * Source: k8s.io/apiserver/pkg/cel/library.
 */
const makeEnvironment = (): Environment => new Environment({ enableOptionalTypes: true })
  .registerVariable('self', 'dyn')
  .registerVariable('oldSelf', 'dyn')
  .registerFunction('list.isSorted(): bool', (items: Item[]) => items.every((item, at) => at === 0 || items[at - 1]! <= item))
  .registerFunction('list.sum(): dyn', (items: Item[]) => items.reduce<Item>((sum, item) => ((sum as number) + (item as number)), typeof items[0] === 'number' ? 0 : 0n))
  .registerFunction('list.min(): dyn', (items: Item[]) => least(items, 1))
  .registerFunction('list.max(): dyn', (items: Item[]) => least(items, -1))
  .registerFunction('list.indexOf(dyn): int', indexOf)
  .registerFunction('list.lastIndexOf(dyn): int', (items: Item[], value: Item) => BigInt(items.lastIndexOf(value)))
  .registerFunction('string.find(string): string', (text: string, pattern: string) => matches(text, pattern)[0] ?? '')
  .registerFunction('string.findAll(string): list<string>', matches);

/** Made when the first rule is met: most clusters have none. */
let environment: Environment | undefined;
const parsed = new Map<string, ParseResult | Error>();

/** An expression that can be run, or why it cannot. */
export function compileRule(expression: string): ParseResult | Error {
  let result = parsed.get(expression);
  if (!result) parsed.set(expression, (result = parse(expression)));
  return result;
}

function parse(expression: string): ParseResult | Error {
  try {
    environment ??= makeEnvironment();
    const result = environment.parse(expression);
    const { valid, error } = result.check();
    return valid ? result : (error ?? new Error('invalid'));
  } catch (error) {
    return error as Error;
  }
}

export const firstLine = ({ message }: Error): string => message.split('\n')[0]!;

/** Of an expression that is no CEL at all; others may use what this version does not know. */
export const isSyntaxError = (error: Error): boolean => error.name === 'ParseError';
