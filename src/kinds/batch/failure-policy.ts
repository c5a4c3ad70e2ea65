import type { FieldError } from '../../api/errors';
import type {
  JobSpec, PodFailurePolicyOnExitCodesRequirement, PodFailurePolicyOnPodConditionsPattern, PodFailurePolicyRule,
} from '../../api/generated/batch.v1';
import { quote } from '../../api/go/quote';
import {
  duplicate, invalidEach, invalidValue, isQualifiedName, notSupported, required, ShownAs, tooMany, type Path,
} from '../../api/validation';
import { each } from '../validating';

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const operators = ['In', 'NotIn'];
const statuses = ['False', 'True', 'Unknown'];
const rulesMax = 20;
const patternsMax = 20;
const exitCodesMax = 255;

const nothing = new ShownAs('');
/** As `field.OmitValueType`: the sentence goes without a value. */
const invalidRule = (path: Path, detail: string): FieldError => ({ ...invalidValue(path, nothing, ''), message: `Invalid value: ${detail}` });
const list = (values: readonly string[]) => `[${values.map(quote).join(' ')}]`;

function oneOfListed(value: string | undefined, supported: readonly string[], path: Path): FieldError[] {
  if (!value) return [required(path, `valid values: ${list(supported)}`)];
  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

function validateExitCodes({ operator, containerName, values }: PodFailurePolicyOnExitCodesRequirement, names: readonly string[], path: Path): FieldError[] {
  const codes = values ?? [];
  const shown = new ShownAs(`[]int32{${codes.join(', ')}}`);
  const at = `${path}.values`;
  return [
    ...oneOfListed(operator, operators, `${path}.operator`),
    ...(containerName === undefined || names.includes(containerName) ? []
      : [invalidValue(`${path}.containerName`, containerName, 'must be one of the container or initContainer names in the pod template')]),
    ...(codes.length === 0 ? [invalidValue(at, shown, 'at least one value is required')] : []),
    ...(codes.length > exitCodesMax ? [tooMany(at, codes.length, exitCodesMax)] : []),
    ...each(codes, at, (code, codePath) => operator === 'In' && code === 0 ? [invalidValue(codePath, code, 'must not be 0 for the In operator')] : []),
    ...codes.flatMap((code, i) => codes.indexOf(code) < i ? [duplicate(`${at}[${i}]`, code)] : []),
    ...(codes.some((code, i) => i > 0 && codes[i - 1]! > code) ? [invalidValue(at, shown, 'must be ordered')] : []),
  ];
}

function validatePatterns(patterns: readonly PodFailurePolicyOnPodConditionsPattern[], path: Path): FieldError[] {
  return [
    ...(patterns.length > patternsMax ? [tooMany(path, patterns.length, patternsMax)] : []),
    ...each(patterns, path, ({ type, status }, at) => [
      ...invalidEach(`${at}.type`, type ?? '', isQualifiedName(type ?? '')),
      ...oneOfListed(status, statuses, `${at}.status`),
    ]),
  ];
}

function validateRule({ action, onExitCodes, onPodConditions }: PodFailurePolicyRule, spec: JobSpec, names: readonly string[], path: Path): FieldError[] {
  const patterns = onPodConditions ?? [];
  const both = onExitCodes !== undefined && patterns.length > 0;
  const neither = onExitCodes === undefined && patterns.length === 0;
  return [
    ...(action === 'FailIndex'
      ? spec.backoffLimitPerIndex === undefined ? [invalidValue(`${path}.action`, action, 'requires the backoffLimitPerIndex to be set')] : []
      : oneOfListed(action, actions, `${path}.action`)),
    ...(onExitCodes ? validateExitCodes(onExitCodes, names, `${path}.onExitCodes`) : []),
    ...validatePatterns(patterns, `${path}.onPodConditions`),
    ...(both ? [invalidRule(path, 'specifying both OnExitCodes and OnPodConditions is not supported')] : []),
    ...(neither ? [invalidRule(path, 'specifying one of OnExitCodes and OnPodConditions is required')] : []),
  ];
}

/** After validatePodFailurePolicy. */
export function validateFailurePolicy(spec: JobSpec, path: Path): FieldError[] {
  if (!spec.podFailurePolicy) return [];
  const rules = spec.podFailurePolicy.rules ?? [];
  const { containers, initContainers } = spec.template?.spec ?? { containers: [] };
  const names = [...containers ?? [], ...initContainers ?? []].map(({ name }) => name);
  return [
    ...(rules.length > rulesMax ? [tooMany(`${path}.rules`, rules.length, rulesMax)] : []),
    ...each(rules, `${path}.rules`, (rule, at) => validateRule(rule, spec, names, at)),
  ];
}
