import type { FieldError } from '../errors';
import { quote } from '../go/quote';
import type { Path } from './path';
import { showValue } from './value';

const withDetail = (text: string, detail: string) => (detail ? `${text}: ${detail}` : text);

const error = (type: FieldError['type'], field: Path, message: string): FieldError => ({ type, field, message });

// Wording: field.Error.ErrorBody and the constructors beside it.

export const required = (path: Path, detail = '') =>
  error('FieldValueRequired', path, withDetail('Required value', detail));

export const invalidValue = (path: Path, value: unknown, detail: string) =>
  error('FieldValueInvalid', path, withDetail(`Invalid value: ${showValue(value)}`, detail));

export const typeInvalid = (path: Path, value: unknown, detail: string) =>
  error('FieldValueTypeInvalid', path, withDetail(`Invalid value: ${showValue(value)}`, detail));

/** `supported` in the order given, as a few of upstream's callers do. */
export const notSupportedInOrder = (path: Path, value: unknown, supported: readonly string[]) =>
  error('FieldValueNotSupported', path,
    withDetail(`Unsupported value: ${showValue(value)}`, supported.length ? `supported values: ${supported.map(quote).join(', ')}` : ''));

/** `supported` is listed sorted. */
export const notSupported = (path: Path, value: unknown, supported: Iterable<string>) =>
  notSupportedInOrder(path, value, [...supported].sort());

export const duplicate = (path: Path, value: unknown) =>
  error('FieldValueDuplicate', path, `Duplicate value: ${showValue(value)}`);

export const fieldNotFound = (path: Path, value: unknown) =>
  error('FieldValueNotFound', path, `Not found: ${showValue(value)}`);

export const forbiddenField = (path: Path, detail: string) =>
  error('FieldValueForbidden', path, withDetail('Forbidden', detail));

/** `maxBytes` below zero leaves the limit out of the text. */
export const tooLong = (path: Path, maxBytes: number) =>
  error('FieldValueTooLong', path, `Too long: ${maxBytes >= 0 ? `may not be more than ${maxBytes} bytes` : 'value is too long'}`);

export const tooMany = (path: Path, actual: number, max: number) =>
  error('FieldValueTooMany', path, `Too many${actual >= 0 ? `: ${actual}` : ''}: ${max >= 0 ? `must have at most ${max} items` : 'has too many items'}`);

export const internalFieldError = (path: Path, message: string) => error('InternalError', path, withDetail('Internal error', message));

/** Each message of a rule as an `Invalid value` of the same field. */
export const invalidEach = (path: Path, value: unknown, messages: string[]) =>
  messages.map((message) => invalidValue(path, value, message));

/** The text of several field errors in one sentence, repeated ones once: `ErrorList.ToAggregate().Error()`. */
export function aggregate(errors: FieldError[]): string {
  const texts = [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
  return texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`;
}
