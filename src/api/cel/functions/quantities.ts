import { addQuantity, compareQuantity, newQuantity, parseQuantity, scaledValue, subQuantity, toNumber, type Quantity } from '../../quantity';
import { asInt } from '../values/numbers';
import { CelError, Opaque, type Value } from '../values/value';
import { traversal } from './costs';
import { row, type Overload } from './row';

class QuantityValue extends Opaque {
  readonly typeName = 'kubernetes.Quantity';

  constructor(readonly quantity: Quantity) {
    super();
  }

  override equals(other: Opaque): boolean {
    return compareQuantity(this.quantity, (other as QuantityValue).quantity) === 0;
  }
}

function quantityOf(text: string): QuantityValue {
  const quantity = parsed(text);
  if (!quantity) throw new CelError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  return new QuantityValue(quantity);
}

function parsed(text: string): Quantity | undefined {
  try {
    return parseQuantity(text);
  } catch {
    return undefined;
  }
}

const isInteger = (quantity: Quantity) => compareQuantity(newQuantity(scaledValue(quantity, 0), quantity.format), quantity) === 0;

function wholeOf({ quantity }: QuantityValue): bigint {
  if (!isInteger(quantity)) throw new CelError('cannot convert value to integer');
  return asInt(scaledValue(quantity, 0), 'cannot convert value to integer');
}

const order = (a: QuantityValue, b: QuantityValue) => compareQuantity(a.quantity, b.quantity);
const type = 'kubernetes.Quantity';
const over = ([text]: readonly Value[]) => traversal(text!);

/** Source: k8s.io/apiserver/pkg/cel/library/quantity.go. */
export const quantities: readonly Overload[] = [
  row(`quantity(string) ${type}`, quantityOf, over),
  row('isQuantity(string) bool', (text: string) => parsed(text) !== undefined, over),
  row(`(${type}).sign() int`, ({ quantity: { unscaled } }: QuantityValue) => (unscaled > 0n ? 1n : unscaled < 0n ? -1n : 0n)),
  row(`(${type}).isGreaterThan(${type}) bool`, (a: QuantityValue, b: QuantityValue) => order(a, b) > 0),
  row(`(${type}).isLessThan(${type}) bool`, (a: QuantityValue, b: QuantityValue) => order(a, b) < 0),
  row(`(${type}).compareTo(${type}) int`, (a: QuantityValue, b: QuantityValue) => BigInt(order(a, b))),
  row(`(${type}).asApproximateFloat() double`, ({ quantity }: QuantityValue) => toNumber(quantity)),
  row(`(${type}).asInteger() int`, wholeOf),
  row(`(${type}).isInteger() bool`, ({ quantity }: QuantityValue) => isInteger(quantity)),
  row(`(${type}).add(${type}) ${type}`, (a: QuantityValue, b: QuantityValue) => new QuantityValue(addQuantity(a.quantity, b.quantity))),
  row(`(${type}).add(int) ${type}`, (a: QuantityValue, b: bigint) => new QuantityValue(addQuantity(a.quantity, newQuantity(b, 'DecimalExponent')))),
  row(`(${type}).sub(${type}) ${type}`, (a: QuantityValue, b: QuantityValue) => new QuantityValue(subQuantity(a.quantity, b.quantity))),
  row(`(${type}).sub(int) ${type}`, (a: QuantityValue, b: bigint) => new QuantityValue(subQuantity(a.quantity, newQuantity(b, 'DecimalExponent')))),
];
