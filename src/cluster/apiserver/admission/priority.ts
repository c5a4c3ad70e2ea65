import type { Pod } from '../../../api/generated/core.v1';
import type { PriorityClass } from '../../../api/generated/scheduling.v1';
import { pods, priorityClasses } from '../../../kinds/resources';
import { forbiddenBy } from '../registry/admit';
import type { AdmissionPlugin, AdmissionRequest, Registry } from '../registry/registry';
import { objectOf, storedObject, storedObjects } from './request';

/** Pods get the priority of their class. Source: k8s.io/kubernetes/plugin/pkg/admission/priority. */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  operations: ['CREATE', 'UPDATE'],
  resources: [pods, priorityClasses],
  admit(request, registry) {
    const pod = objectOf(request, pods);
    if (pod && request.old) keepPriority(pod, request.old as unknown as Pod);
    else if (pod) givePriority(request, registry, pod);
  },
  validate(request, registry) {
    const priorityClass = objectOf(request, priorityClasses);
    if (!priorityClass?.globalDefault) return;
    const other = defaultClass(registry);
    if (!other || (request.old && other.metadata.name === priorityClass.metadata.name)) return;
    throw forbiddenBy(request, `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`);
  },
};

/** Clients that do not know these fields leave them out. */
function keepPriority({ spec }: Pod, { spec: old }: Pod): void {
  if (old.priority !== undefined) spec.priority ??= old.priority;
  if (old.preemptionPolicy !== undefined) spec.preemptionPolicy ??= old.preemptionPolicy;
}

function givePriority(request: AdmissionRequest, registry: Registry, { spec }: Pod): void {
  const { name, value, preemptionPolicy } = classOf(request, registry, spec.priorityClassName);
  if (spec.priority !== undefined && spec.priority !== value) {
    throw forbiddenBy(request, `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`);
  }
  if (spec.preemptionPolicy !== undefined && preemptionPolicy && spec.preemptionPolicy !== preemptionPolicy) {
    throw forbiddenBy(request, `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${preemptionPolicy} from the given PriorityClass name`);
  }
  if (name) spec.priorityClassName = name;
  spec.priority = value;
  if (preemptionPolicy) spec.preemptionPolicy = preemptionPolicy;
}

interface Priority {
  readonly name?: string;
  readonly value: number;
  readonly preemptionPolicy?: PriorityClass['preemptionPolicy'];
}

function classOf(request: AdmissionRequest, registry: Registry, name: string | undefined): Priority {
  const found = name ? storedObject(registry, priorityClasses, name) : defaultClass(registry);
  if (!found && name) throw forbiddenBy(request, `no PriorityClass with name ${name} was found`);
  if (!found) return { value: 0, preemptionPolicy: 'PreemptLowerPriority' };
  return { name: found.metadata.name, value: found.value ?? 0, ...(found.preemptionPolicy && { preemptionPolicy: found.preemptionPolicy }) };
}

/** Of several, which a race can leave, the lowest. */
const defaultClass = (registry: Registry): PriorityClass | undefined =>
  storedObjects(registry, priorityClasses).filter(({ globalDefault }) => globalDefault).sort((a, b) => (a.value ?? 0) - (b.value ?? 0))[0];
