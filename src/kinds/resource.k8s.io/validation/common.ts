import { compileExpression, isCompileError, mapOf, objectOf, types } from '../../../api/cel';
import { opaque, typeText } from '../../../api/cel/types';
import type { FieldError } from '../../../api/errors';
import type { DeviceConfiguration, DeviceSelector, DeviceTaint, DeviceToleration, OpaqueDeviceConfiguration } from '../../../api/generated/resource.v1beta2';
import {
  duplicate, invalidEach, invalidValue, isCIdentifier, isDNS1123Label, isDNS1123Subdomain, isLabelValue, notSupported, required, tooLong, tooMany, validateLabelName, type Path,
} from '../../../api/validation';
import { each, oneOf, type Check } from '../../validating';
import { validateDriverName } from '../../volume-drivers';

// After pkg/apis/resource/validation/validation.go; limits of k8s.io/api/resource/v1beta2.

const expressionBytesMax = 10 * 1024;
const parametersBytesMax = 10 * 1024;
const poolNameMax = 253;
const identifierMax = 32;
const selectorsMax = 32;

/** Of a list that is too long nothing else is said. */
export function bounded<T>(list: readonly T[] | undefined, max: number, path: Path, check: Check<T>): FieldError[] {
  const length = list?.length ?? 0;
  return length > max ? [tooMany(path, length, max)] : each(list, path, check);
}

/** As `bounded`, and no key may come twice; `field`: what of an item its key is. */
export function boundedSet<T>(list: readonly T[] | undefined, max: number, path: Path, check: Check<T>, keyOf: (item: T) => string, field = ''): FieldError[] {
  const errors = bounded(list, max, path, check);
  if ((list?.length ?? 0) > max) return errors;
  const keys = (list ?? []).map(keyOf);
  return [...errors, ...keys.flatMap((key, i) => (keys.indexOf(key) < i ? [duplicate(`${path}[${i}]${field && `.${field}`}`, key)] : []))];
}

/** What may stand in for an item as its own key. */
export const itself = (item: string): string => item;

export const validateLabel: Check<string> = (name, path) => invalidEach(path, name ?? '', isDNS1123Label(name ?? ''));

export function validatePoolName(name: string | undefined, path: Path): FieldError[] {
  if (!name) return [required(path)];
  return [...(name.length > poolNameMax ? [tooLong(path, poolNameMax)] : []), ...name.split('/').flatMap((part) => invalidEach(path, part, isDNS1123Subdomain(part)))];
}

const validateIdentifier = (id: string, path: Path): FieldError[] => [
  ...(id.length > identifierMax ? [tooLong(path, identifierMax)] : []), ...invalidEach(path, id, isCIdentifier(id)),
];

/** `name` or `domain/name`. */
export function validateQualifiedName(name: string, path: Path): FieldError[] {
  const [domain, id, ...more] = name.split('/') as [string, ...string[]];
  if (id === undefined) return validateIdentifier(domain, path);
  if (more.length) return [];
  return [
    ...(domain ? validateDriverName(domain, path) : [invalidValue(path, '', 'the domain must not be empty')]),
    ...(id ? validateIdentifier(id, path) : [invalidValue(path, '', 'the name must not be empty')]),
  ];
}

export const validateFullyQualifiedName = (name: string, path: Path): FieldError[] => [
  ...validateQualifiedName(name, path), ...(name.includes('/') ? [] : [invalidValue(path, name, 'a fully qualified name must be a domain and a name separated by a slash')]),
];

/** What an expression sees. Source: k8s.io/dynamic-resource-allocation/cel/compile.go. */
const variables = new Map([['device', objectOf('DRADevice', {
  driver: types.string, attributes: mapOf(types.string, mapOf(types.string, types.dyn)), capacity: mapOf(types.string, mapOf(types.string, opaque('kubernetes.Quantity'))),
})]]);

const validateExpression: Check<string> = (expression, path) => {
  if (Buffer.byteLength(expression) > expressionBytesMax) return [tooLong(path, expressionBytesMax)];
  try {
    const { type } = compileExpression(expression, variables);
    return type.kind === 'bool' || type.kind === 'dyn' ? [] : [invalidValue(path, expression, `must evaluate to bool or the unknown type, not ${typeText(type)}`)];
  } catch (error) {
    if (!isCompileError(error)) throw error;
    return [invalidValue(path, expression, `compilation failed: ${error.message}`)];
  }
};

const validateSelector: Check<DeviceSelector> = ({ cel }, path) => (cel ? validateExpression(cel.expression ?? '', `${path}.cel.expression`) : [required(`${path}.cel`)]);

export const validateSelectors = (selectors: readonly DeviceSelector[] | undefined, path: Path): FieldError[] => bounded(selectors, selectorsMax, path, validateSelector);

/** An object of JSON, opaque to all but a driver. */
export function validateParameters(value: unknown, path: Path, bytesMax = parametersBytesMax): FieldError[] {
  if (value === undefined || value === null) return [required(path)];
  if (Buffer.byteLength(JSON.stringify(value)) > bytesMax) return [tooLong(path, bytesMax)];
  return typeof value === 'object' && !Array.isArray(value) ? [] : [invalidValue(path, '<value omitted>', 'must be a valid JSON object')];
}

const validateOpaque: Check<OpaqueDeviceConfiguration> = ({ driver, parameters }, path) => [
  ...validateDriverName(driver, `${path}.driver`), ...validateParameters(parameters, `${path}.parameters`),
];

export const validateConfiguration: Check<DeviceConfiguration> = ({ opaque }, path) => (opaque ? validateOpaque(opaque, `${path}.opaque`) : [required(`${path}.opaque`)]);

const effects = ['NoExecute', 'NoSchedule'];
const validateValue = (value: string, path: Path) => invalidEach(path, value, isLabelValue(value));

export const validateTaint: Check<DeviceTaint> = ({ key, value = '', effect }, path) => [
  ...validateLabelName(key ?? '', `${path}.key`), ...validateValue(value, `${path}.value`), ...oneOf(effect, effects, `${path}.effect`),
];

export const validateToleration: Check<DeviceToleration> = ({ key, operator, value = '', effect }, path) => [
  ...(key ? validateLabelName(key, `${path}.key`) : []),
  ...(operator === 'Exists' && value ? [invalidValue(`${path}.value`, value, 'must be empty for operator `Exists`')] : []),
  ...(operator === 'Equal' ? validateValue(value, `${path}.value`) : []),
  ...oneOf(operator, ['Equal', 'Exists'], `${path}.operator`),
  ...(effect && !effects.includes(effect) ? [notSupported(`${path}.effect`, effect, effects)] : []),
];
