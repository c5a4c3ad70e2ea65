import { invalid, type FieldError } from '../../src/api/errors';
import type { KubeObject } from '../../src/api/meta';
import { normalise } from '../../src/api/decode';
import { applySchemaDefaults } from '../../src/api/schema/defaults';
import type { Kind } from '../../src/kinds/kind';

export const nowMs = Date.parse('2026-01-31T12:00:00Z');

type Loose = { metadata?: object; [field: string]: unknown };

/** The object as the server has it after defaults: what a create stores but for its system metadata. */
export function defaulted<T extends KubeObject>(kind: Kind<T>, given: Loose): T {
  const complete = { ...given, metadata: { name: 'a', ...(kind.namespaced && { namespace: 'default' }), ...given.metadata } };
  const object = normalise(structuredClone(complete), kind.schema) as unknown as T;
  applySchemaDefaults(object, kind.schema);
  kind.strategy.setDefaults?.(object);
  return object;
}

export function created<T extends KubeObject>(kind: Kind<T>, given: Loose): T {
  const object = defaulted(kind, given);
  kind.strategy.prepareForCreate?.(object, { nowMs });
  return object;
}

/** `field: message` of each error. */
export const texts = (errors: FieldError[] | undefined) => (errors ?? []).map(({ field, message }) => `${field}: ${message}`);

export const createErrors = <T extends KubeObject>(kind: Kind<T>, given: Loose) => texts(kind.strategy.validate?.(created(kind, given)));

/** Errors of changing `from` into `to`, without those that a create of `to` would have. */
export const updateErrors = <T extends KubeObject>(kind: Kind<T>, from: Loose, to: Loose) =>
  texts(kind.strategy.validateUpdate?.(defaulted(kind, to), defaulted(kind, from)));

export const sentence = <T extends KubeObject>(kind: Kind<T>, given: Loose) =>
  invalid(kind, 'a', kind.strategy.validate?.(created(kind, given)) ?? []).message;
