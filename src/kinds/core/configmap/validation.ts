import type { FieldError } from '../../../api/errors';
import type { ConfigMap } from '../../../api/generated/core.v1';
import {
  forbiddenField, invalidEach, invalidValue, isConfigMapKey, nameIsDNSSubdomain, semanticEqual, tooLong, validateObjectMeta,
} from '../../../api/validation';
import { decodedLength, maxDataBytes } from '../../data-size';

function dataBytes({ data = {}, binaryData = {} }: ConfigMap): number {
  const text = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  return Object.values(binaryData).reduce((sum, value) => sum + decodedLength(value), text);
}

/** After ValidateConfigMap. */
export function validateConfigMap(config: ConfigMap): FieldError[] {
  const { metadata, data = {}, binaryData = {} } = config;
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...Object.keys(data).flatMap((key) => [
      ...invalidEach(`data[${key}]`, key, isConfigMapKey(key)),
      ...(key in binaryData ? [invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')] : []),
    ]),
    ...Object.keys(binaryData).flatMap((key) => invalidEach(`binaryData[${key}]`, key, isConfigMapKey(key))),
    // No field: the object as a whole.
    ...(dataBytes(config) > maxDataBytes ? [tooLong('', maxDataBytes)] : []),
  ];
}

const frozen = 'field is immutable when `immutable` is set';

export function validateConfigMapUpdate(config: ConfigMap, old: ConfigMap): FieldError[] {
  if (!old.immutable) return [];
  return [
    ...(config.immutable ? [] : [forbiddenField('immutable', frozen)]),
    ...(['data', 'binaryData'] as const).filter((field) => !semanticEqual(config[field], old[field])).map((field) => forbiddenField(field, frozen)),
  ];
}
