import type { Pod } from '../../../api/generated/core.v1';
import { controllerOf } from '../../../api/meta';
import { violationReasons, violations } from './evaluate';
import { compareLevels, isUnrestricted, sameStandard, standardText, type Standard } from './policy';

/** Pods beyond this many are not looked at. */
const podsMax = 3000;

/** Whether pods that were allowed before may be against what is enforced now. */
export const isTightened = (now: Standard, before: Standard): boolean =>
  !sameStandard(now, before) && !isUnrestricted(now) && !(now.version === before.version && compareLevels(now.level, before.level) < 0);

/** One pod of each controller first: the others are like it. */
function prioritised(pods: readonly Pod[]): Pod[] {
  const first = new Map([...pods].reverse().map((pod) => [controllerOf(pod)?.uid ?? pod, pod]));
  const isFirst = (pod: Pod) => first.get(controllerOf(pod)?.uid ?? pod) === pod;
  return [...pods.filter(isFirst), ...pods.filter((pod) => !isFirst(pod))];
}

/** Warnings about the pods of a namespace that are against what it enforces from now on. After EvaluatePodsInNamespace of k8s.io/pod-security-admission. */
export function existingPodWarnings(namespace: string, pods: readonly Pod[], enforce: Standard): string[] {
  const checked = prioritised(pods).slice(0, podsMax);
  const byReason = new Map<string, string[]>();
  for (const { metadata, spec } of checked) {
    const reasons = violationReasons(violations(enforce, metadata, spec));
    if (reasons) byReason.set(reasons, [...(byReason.get(reasons) ?? []), metadata.name]);
  }
  return [
    ...(checked.length < pods.length ? [`new PodSecurity enforce level only checked against the first ${checked.length} of ${pods.length} existing pods`] : []),
    ...(byReason.size ? [`existing pods in namespace ${JSON.stringify(namespace)} violate the new PodSecurity enforce level ${JSON.stringify(standardText(enforce))}`] : []),
    ...[...byReason].map(([reasons, names]) => `${namesText(names)}: ${reasons}`).sort(),
  ];
}

/** `a (and 2 other pods)` */
function namesText(names: readonly string[]): string {
  const [first] = [...names].sort();
  const others = names.length - 1;
  return others ? `${first} (and ${others} other pod${others === 1 ? '' : 's'})` : first!;
}
