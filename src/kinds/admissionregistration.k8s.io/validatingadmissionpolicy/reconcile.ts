import type { ValidatingAdmissionPolicy } from '../../../api/generated/admissionregistration.v1';
import { nothingToDo, updateStatus, type Plan } from '../../actions';
import { reconciler, type Observed } from '../../reconciler';
import { customResourceDefinitions, validatingAdmissionPolicies } from '../../resources';
import { typeWarnings } from './type-check';

/** Tells what is wrong with the types of a policy's expressions. After k8s.io/kubernetes/pkg/controller/validatingadmissionpolicystatus. */
export const validatingAdmissionPolicyStatusController = reconciler<ValidatingAdmissionPolicy>({
  name: 'validatingadmissionpolicy-status',
  resource: validatingAdmissionPolicies,
  reads: [customResourceDefinitions],
  reconcile: reconcilePolicy,
});

export function reconcilePolicy(policy: ValidatingAdmissionPolicy, observed: Observed): Plan {
  const { metadata: { generation = 0 }, spec, status = {} } = policy;
  if (generation <= (status.observedGeneration ?? 0)) return nothingToDo;
  const expressionWarnings = typeWarnings(spec, observed.list(customResourceDefinitions));
  const typeChecking = expressionWarnings.length ? { expressionWarnings } : {};
  return { actions: [updateStatus(validatingAdmissionPolicies, { ...policy, status: { ...status, observedGeneration: generation, typeChecking } })] };
}
