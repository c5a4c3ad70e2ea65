import type { FieldError } from '../../../api/errors';
import type { PriorityClass } from '../../../api/generated/scheduling.v1';
import { forbiddenField, immutable, nameIsDNSSubdomain, validateObjectMeta } from '../../../api/validation';
import type { Strategy } from '../../kind';
import { oneOf } from '../../validating';

const systemPrefix = 'system-';
const userMax = 1_000_000_000;
/** The classes that every cluster has. */
const systemClasses: Readonly<Record<string, number>> = { 'system-node-critical': 2_000_001_000, 'system-cluster-critical': 2_000_000_000 };

/** After IsKnownSystemPriorityClass. */
function systemProblem({ metadata: { name }, value, globalDefault }: PriorityClass): string | undefined {
  const known = systemClasses[name];
  if (known === undefined) return `${name} is not a known system priority class`;
  if (value !== known) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

function validateValue(priorityClass: PriorityClass): FieldError[] {
  if (!priorityClass.metadata.name.startsWith(systemPrefix)) {
    return priorityClass.value > userMax ? [forbiddenField('value', `maximum allowed value of a user defined priority is ${userMax}`)] : [];
  }
  const problem = systemProblem(priorityClass);
  return problem === undefined ? []
    : [forbiddenField('metadata.name', `priority class names with 'system-' prefix are reserved for system use only. error: ${problem}`)];
}

/** After ValidatePriorityClass and pkg/registry/scheduling/priorityclass/strategy.go. */
export const priorityClassStrategy: Strategy<PriorityClass> = {
  setDefaults(priorityClass) {
    priorityClass.preemptionPolicy ??= 'PreemptLowerPriority';
  },
  validate: (priorityClass) => [
    ...validateObjectMeta(priorityClass.metadata, false, nameIsDNSSubdomain),
    ...validateValue(priorityClass),
    ...oneOf(priorityClass.preemptionPolicy, ['Never', 'PreemptLowerPriority'], 'preemptionPolicy'),
  ],
  validateUpdate: (priorityClass, old) => [
    ...((priorityClass.value ?? 0) === (old.value ?? 0) ? [] : [forbiddenField('value', 'may not be changed in an update.')]),
    ...immutable('preemptionPolicy', priorityClass.preemptionPolicy, old.preemptionPolicy),
  ],
  // Nothing but metadata ever changes, so that the generation stays 1.
  generationOf: () => 'fixed',
};
