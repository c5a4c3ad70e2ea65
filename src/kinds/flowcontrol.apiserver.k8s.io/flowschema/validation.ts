import type { FieldError } from '../../../api/errors';
import type { FlowSchema, FlowSchemaSpec, PolicyRulesWithSubjects } from '../../../api/generated/flowcontrol.v1';
import { invalidEach, invalidValue, nameIsDNSSubdomain, notSupported, required, semanticEqual, validateObjectMeta, type Path } from '../../../api/validation';
import { each } from '../../validating';
import { mandatorySchemas } from '../defaults/mandatory';
import { validateNonResourceRule, validateResourceRule } from './rules';
import { validateSubject } from './subjects';

const precedenceMax = 10_000;

function validatePrecedence(name: string, value: number, path: Path): FieldError[] {
  if (value <= 0) return [invalidValue(path, value, 'must be a positive value')];
  if (value > precedenceMax) return [invalidValue(path, value, `must not be greater than ${precedenceMax}`)];
  return value === 1 && name !== 'exempt' ? [invalidValue(path, value, "only the schema named 'exempt' may have matchingPrecedence 1")] : [];
}

function validateLevel(name: string | undefined, path: Path): FieldError[] {
  return name ? invalidEach(path, name, nameIsDNSSubdomain(name, false)) : [required(path, 'must reference a priority level')];
}

function validateRules(rules: PolicyRulesWithSubjects, path: Path): FieldError[] {
  const { subjects, resourceRules, nonResourceRules } = rules;
  return [
    ...(subjects?.length ? each(subjects, `${path}.subjects`, validateSubject) : [required(`${path}.subjects`, 'subjects must contain at least one value')]),
    ...(resourceRules?.length || nonResourceRules?.length ? [] : [required(path, 'at least one of resourceRules and nonResourceRules has to be non-empty')]),
    ...each(resourceRules, `${path}.resourceRules`, validateResourceRule),
    ...each(nonResourceRules, `${path}.nonResourceRules`, validateNonResourceRule),
  ];
}

function validateSpec(name: string, { matchingPrecedence = 0, distinguisherMethod: method, priorityLevelConfiguration: level, rules }: FlowSchemaSpec): FieldError[] {
  return [
    ...validatePrecedence(name, matchingPrecedence, 'spec.matchingPrecedence'),
    ...(method && !['ByNamespace', 'ByUser'].includes(method.type) ? [notSupported('spec.distinguisherMethod.type', method, ['ByNamespace', 'ByUser'])] : []),
    ...validateLevel(level?.name, 'spec.priorityLevelConfiguration.name'),
    ...each(rules, 'spec.rules', validateRules),
  ];
}

/** After ValidateFlowSchema in pkg/apis/flowcontrol/validation. */
export function validateFlowSchema({ metadata, spec }: FlowSchema): FieldError[] {
  const fixed = mandatorySchemas.find((schema) => schema.metadata.name === metadata.name);
  return [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...validateSpec(metadata.name, spec ?? {}),
    ...(fixed && !semanticEqual(spec, fixed.spec) ? [invalidValue('spec', spec, `spec of '${metadata.name}' must equal the fixed value`)] : []),
  ];
}
