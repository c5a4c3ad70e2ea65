import type { FieldError } from '../../../api/errors';
import type { Secret } from '../../../api/generated/core.v1';
import {
  forbiddenField, immutable, invalidEach, invalidValue, isConfigMapKey, nameIsDNSSubdomain, required, semanticEqual, tooLong,
  validateObjectMeta,
} from '../../../api/validation';
import { decodedLength, maxDataBytes } from '../../data-size';

const accountAnnotation = 'kubernetes.io/service-account.name';

function requireKeys(...keys: string[]) {
  return ({ data = {} }: Secret) => keys.filter((key) => data[key] === undefined).map((key) => required(`data[${key}]`));
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

const requireJson = (key: string) => ({ data = {} }: Secret): FieldError[] => {
  const encoded = data[key];
  if (encoded === undefined) return [required(`data[${key}]`)];
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return isJsonObject(text) ? [] : [invalidValue(`data[${key}]`, '<secret contents redacted>', jsonComplaint(text))];
};

/** Go's words for the two commonest faults. */
function jsonComplaint(text: string): string {
  const first = text.trimStart()[0];
  if (first === undefined) return 'unexpected end of JSON input';
  return /[[{"\d\-tfn]/.test(first) ? 'json: cannot unmarshal into Go value of type map[string]interface {}'
    : `invalid character '${first}' looking for beginning of value`;
}

/** What each type must hold. */
const byType = new Map<string, (secret: Secret) => FieldError[]>(Object.entries({
  'kubernetes.io/service-account-token': ({ metadata: { annotations } }: Secret) =>
    annotations?.[accountAnnotation] ? [] : [required(`metadata.annotations[${accountAnnotation}]`)],
  'kubernetes.io/dockercfg': requireJson('.dockercfg'),
  'kubernetes.io/dockerconfigjson': requireJson('.dockerconfigjson'),
  'kubernetes.io/basic-auth': (secret: Secret) => {
    const missing = requireKeys('username', 'password')(secret);
    return missing.length === 2 ? missing : [];
  },
  'kubernetes.io/ssh-auth': ({ data }: Secret) => data?.['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')],
  'kubernetes.io/tls': requireKeys('tls.crt', 'tls.key'),
}));

/** After ValidateSecret. */
export function validateSecret(secret: Secret): FieldError[] {
  const { metadata, data = {}, type = '' } = secret;
  const bytes = Object.values(data).reduce((sum, value) => sum + decodedLength(value), 0);
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...Object.keys(data).flatMap((key) => invalidEach(`data[${key}]`, key, isConfigMapKey(key))),
    ...(bytes > maxDataBytes ? [tooLong('data', maxDataBytes)] : []),
    ...byType.get(type)?.(secret) ?? [],
  ];
}

const frozen = 'field is immutable when `immutable` is set';

export function validateSecretUpdate(secret: Secret, old: Secret): FieldError[] {
  return [
    ...immutable('type', secret.type, old.type),
    ...(old.immutable && !secret.immutable ? [forbiddenField('immutable', frozen)] : []),
    ...(old.immutable && !semanticEqual(secret.data, old.data) ? [forbiddenField('data', frozen)] : []),
  ];
}
