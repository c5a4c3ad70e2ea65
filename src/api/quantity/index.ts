export * from './quantity';
export { parseQuantity, QuantityError } from './parse';
export { formatQuantity, canonicalQuantity } from './format';
