import type { FieldError } from '../../../api/errors';
import type {
  AuditAnnotation, ParamKind, ValidatingAdmissionPolicy, ValidatingAdmissionPolicySpec, ValidatingAdmissionPolicyStatus, Validation, Variable,
} from '../../../api/generated/admissionregistration.v1';
import { compileJsonPath } from '../../../api/jsonpath';
import {
  invalidEach, invalidValue, isDNS1035Label, isDNS1123Subdomain, isQualifiedName, nameIsDNSSubdomain, notSupported, required, validateMetaConditions,
  validateObjectMeta, type Path,
} from '../../../api/validation';
import { duplicates, each, oneOf, optional, present } from '../../validating';
import { isBlank, problem, validateConditions } from '../expressions';
import { validateMatchResources } from '../match-resources';
import { compilePolicy, type CompiledPolicy } from './compile';

const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const annotationsMax = 20;
const valueExpressionBytesMax = 5 * 1024;
const reserved = new Set(['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop',
  'package', 'namespace', 'return', 'var', 'void', 'while']);

/** After ValidateValidatingAdmissionPolicy in pkg/apis/admissionregistration/validation. */
export function validatePolicy({ metadata, spec }: ValidatingAdmissionPolicy): FieldError[] {
  const compiled = compilePolicy(spec);
  return [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...oneOf(spec.failurePolicy, ['Fail', 'Ignore'], 'spec.failurePolicy'),
    ...optional(spec.paramKind, 'spec.paramKind', validateParamKind),
    ...validateConstraints(spec.matchConstraints),
    ...validateConditions(spec.matchConditions, 'spec.matchConditions', spec.paramKind !== undefined),
    ...each(spec.variables, 'spec.variables', (variable, path) => validateVariable(variable, compiled, path)),
    ...validateRules(metadata.name ?? '', spec, compiled),
  ];
}

function validateParamKind({ apiVersion = '', kind = '' }: Partial<ParamKind>, path: Path): FieldError[] {
  const lowered = isDNS1035Label(kind.toLowerCase());
  return [
    ...(apiVersion ? validateApiVersion(apiVersion, `${path}.apiVersion`) : [required(`${path}.apiVersion`)]),
    ...(!kind ? [required(`${path}.kind`)] : lowered.length
      ? [invalidValue(`${path}.kind`, kind, `may have mixed case, but should otherwise match: ${lowered.join(',')}`)] : []),
  ];
}

function validateApiVersion(apiVersion: string, path: Path): FieldError[] {
  const parts = apiVersion === '/' ? [''] : apiVersion.split('/');
  if (parts.length > 2) return [invalidValue(path, apiVersion, `unexpected GroupVersion string: ${apiVersion}`)];
  const [group, version] = parts.length === 1 ? ['', parts[0]!] : parts as [string, string];
  return [
    ...(group ? joined(path, group, isDNS1123Subdomain(group)) : []),
    ...(version ? joined(path, version, isDNS1035Label(version)) : [invalidValue(path, apiVersion, 'version must be specified')]),
  ];
}

const joined = (path: Path, value: string, messages: readonly string[]) => (messages.length ? [invalidValue(path, value, messages.join(','))] : []);

function validateConstraints(constraints: ValidatingAdmissionPolicySpec['matchConstraints']): FieldError[] {
  const path = 'spec.matchConstraints';
  if (!constraints) return [required(path)];
  return [...validateMatchResources(constraints, path), ...(constraints.resourceRules?.length ? [] : [required(`${path}.resourceRules`)])];
}

const isIdentifier = (name: string) => /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) && !reserved.has(name);

function validateVariable({ name, expression }: Variable, { variables }: CompiledPolicy, path: Path): FieldError[] {
  return [
    ...(isBlank(name) ? [required(`${path}.name`, 'name is not specified')]
      : isIdentifier(name) ? [] : [invalidValue(`${path}.name`, name, 'name is not a valid CEL identifier')]),
    ...(isBlank(expression) ? [required(`${path}.expression`, 'expression is not specified')] : problem(variables.get(name)!, `${path}.expression`)),
  ];
}

const nothing = 'validations or auditAnnotations must contain at least one item';

function validateRules(name: string, { validations = [], auditAnnotations = [] }: ValidatingAdmissionPolicySpec, compiled: CompiledPolicy): FieldError[] {
  if (!validations.length && !auditAnnotations.length) return [required('spec.validations', nothing), required('spec.auditAnnotations', nothing)];
  const path = 'spec.auditAnnotations';
  return [
    ...compiled.validations.flatMap((one, i) => validateValidation(one, `spec.validations[${i}]`)),
    ...(auditAnnotations.length > annotationsMax ? [invalidValue(path, auditAnnotations, `must not have more than ${annotationsMax} auditAnnotations`)] : []),
    ...compiled.auditAnnotations.flatMap(({ annotation, value }, i) => validateAnnotation(name, annotation, value, `${path}[${i}]`)),
    ...duplicates(auditAnnotations.map(({ key }) => key), (i) => `${path}[${i}].key`),
  ];
}

function validateValidation({ validation, expression, message }: CompiledPolicy['validations'][number], path: Path): FieldError[] {
  const { messageExpression, reason } = validation;
  return [
    ...(isBlank(validation.expression) ? [required(`${path}.expression`, 'expression is not specified')] : problem(expression, `${path}.expression`)),
    ...(messageExpression && !message ? [invalidValue(`${path}.messageExpression`, messageExpression, 'must be non-empty if specified')] : []),
    ...(message ? problem(message, `${path}.messageExpression`) : []),
    ...validateMessage(validation, `${path}.message`),
    ...(reason === undefined || reasons.includes(reason) ? [] : [notSupported(`${path}.reason`, reason, reasons)]),
  ];
}

function validateMessage({ message }: Validation, path: Path): FieldError[] {
  if (!message) return [];
  if (isBlank(message)) return [invalidValue(path, message, 'message must be non-empty if specified')];
  return /[\n\r]/.test(message.trim()) ? [invalidValue(path, message, 'message must not contain line breaks')] : [];
}

function validateAnnotation(name: string, { key, valueExpression }: AuditAnnotation, value: CompiledPolicy['validations'][number]['expression'], path: Path): FieldError[] {
  const at = `${path}.valueExpression`;
  return [
    ...(name ? invalidEach(`${path}.key`, `${name}/${key}`, isQualifiedName(`${name}/${key}`)) : [invalidValue(`${path}.key`, key, 'requires metadata.name be non-empty')]),
    ...(isBlank(valueExpression) ? [required(at, 'valueExpression is not specified')]
      : Buffer.byteLength(value.source) > valueExpressionBytesMax ? [required(at, `must not exceed ${valueExpressionBytesMax} bytes in length`)]
        : problem(value, at, valueExpression)),
  ];
}

/** After ValidateValidatingAdmissionPolicyStatusUpdate. */
export const validatePolicyStatus = ({ typeChecking, conditions }: ValidatingAdmissionPolicyStatus): FieldError[] => [
  ...each(typeChecking?.expressionWarnings, 'status.typeChecking.expressionWarnings', ({ fieldRef, warning }, path) => [
    ...present(warning, `${path}.warning`), ...validateFieldRef(fieldRef ?? '', `${path}.fieldRef`),
  ]),
  ...validateMetaConditions(conditions, 'status.conditions'),
];

function validateFieldRef(text: string, path: Path): FieldError[] {
  const fieldRef = text.trim();
  if (!fieldRef) return [required(path)];
  try {
    compileJsonPath(`{${fieldRef}}`);
    return [];
  } catch (error) {
    return [invalidValue(path, fieldRef, `invalid JSONPath: ${(error as Error).message}`)];
  }
}
