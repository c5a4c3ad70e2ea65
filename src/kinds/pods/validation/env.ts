import type { FieldError } from '../../../api/errors';
import type { EnvFromSource, EnvVar, EnvVarSource } from '../../../api/generated/core.v1';
import { invalidEach, invalidValue, isConfigMapKey, isDNS1123Subdomain, isEnvVarName, type Path } from '../../../api/validation';
import { each, requiredBy, type Check } from '../../validating';
import { envFields, validateFieldRef, validateResourceFieldRef } from './field-refs';

function validateKeyRef({ name = '', key }: { name?: string; key: string }, path: Path): FieldError[] {
  return [...invalidEach(`${path}.name`, name, isDNS1123Subdomain(name)), ...requiredBy(isConfigMapKey, key, `${path}.key`)];
}

const sources: { [Source in keyof EnvVarSource]: Check<NonNullable<EnvVarSource[Source]>> } = {
  fieldRef: (reference, path) => validateFieldRef(reference, envFields, path),
  resourceFieldRef: (reference, path) => validateResourceFieldRef(reference, false, path),
  configMapKeyRef: validateKeyRef,
  secretKeyRef: validateKeyRef,
};

function validateValueFrom({ value, valueFrom }: EnvVar, path: Path): FieldError[] {
  if (!valueFrom) return [];
  const set = Object.entries(sources).flatMap(([name, check]) => {
    const source = valueFrom[name as keyof EnvVarSource];
    return source ? [(check as Check<unknown>)(source, `${path}.${name}`)] : [];
  });
  const errors = set.flat();
  if (set.length === 0) errors.push(invalidValue(path, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`'));
  else if (value) errors.push(invalidValue(path, '', 'may not be specified when `value` is not empty'));
  else if (set.length > 1) errors.push(invalidValue(path, '', 'may not have more than one field specified at a time'));
  return errors;
}

export function validateEnv(env: EnvVar[] | undefined, path: Path): FieldError[] {
  return each(env, path, (variable, at) => [
    ...requiredBy(isEnvVarName, variable.name, `${at}.name`),
    ...validateValueFrom(variable, `${at}.valueFrom`),
  ]);
}

const validateSourceName = ({ name }: { name?: string }, path: Path) => requiredBy(isDNS1123Subdomain, name, `${path}.name`);

export function validateEnvFrom(sourceList: EnvFromSource[] | undefined, path: Path): FieldError[] {
  return each(sourceList, path, ({ prefix, configMapRef, secretRef }, at) => [
    ...(prefix ? invalidEach(`${at}.prefix`, prefix, isEnvVarName(prefix)) : []),
    ...(configMapRef ? validateSourceName(configMapRef, `${at}.configMapRef`) : []),
    ...(secretRef ? validateSourceName(secretRef, `${at}.secretRef`) : []),
    ...(configMapRef || secretRef ? [] : [invalidValue(path, '', 'must specify one of: `configMapRef` or `secretRef`')]),
    ...(configMapRef && secretRef ? [invalidValue(path, '', 'may not have more than one field specified at a time')] : []),
  ]);
}
