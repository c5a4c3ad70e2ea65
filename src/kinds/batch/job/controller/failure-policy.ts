import type { Job, PodFailurePolicyOnExitCodesRequirement, PodFailurePolicyRule } from '../../../../api/generated/batch.v1';
import type { ContainerStatus, Pod } from '../../../../api/generated/core.v1';

/** What a job makes of the failure of a pod. */
export interface Verdict {
  readonly action: PodFailurePolicyRule['action'];
  /** The failure counts towards the limits. */
  readonly counts: boolean;
  /** Why the whole job fails. */
  readonly jobFailure?: string;
}

/** The first rule that matches decides. After matchPodFailurePolicy of pkg/controller/job. */
export function verdictOn({ spec }: Job, pod: Pod): Verdict {
  for (const [at, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const cause = causeIn(pod, rule);
    if (cause === undefined) continue;
    const { action } = rule;
    return { action, counts: action !== 'Ignore', ...(action === 'FailJob' && { jobFailure: `${cause} matching ${action} rule at index ${at}` }) };
  }
  return { action: 'Count', counts: true };
}

function causeIn(pod: Pod, { onExitCodes, onPodConditions = [] }: PodFailurePolicyRule): string | undefined {
  const where = `${pod.metadata.namespace}/${pod.metadata.name}`;
  if (onExitCodes) {
    const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
    const container = [...containerStatuses, ...initContainerStatuses].find((status) => exitMatches(status, onExitCodes));
    return container && `Container ${container.name} for pod ${where} failed with exit code ${container.state!.terminated!.exitCode}`;
  }
  const condition = (pod.status?.conditions ?? []).find(({ type, status }) => onPodConditions.some((pattern) => pattern.type === type && pattern.status === status));
  return condition && `Pod ${where} has condition ${condition.type}`;
}

function exitMatches({ name, state }: ContainerStatus, { containerName, operator, values }: PodFailurePolicyOnExitCodesRequirement): boolean {
  const exitCode = state?.terminated?.exitCode ?? 0;
  if (exitCode === 0 || (containerName !== undefined && containerName !== name)) return false;
  return values.includes(exitCode) === (operator === 'In');
}
