import type { FieldError } from '../../../api/errors';
import type { Container, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../../../api/generated/core.v1';
import { forbiddenField, inclusiveRange, invalidValue, semanticEqual } from '../../../api/validation';
import { difference } from '../../difference';
import { each, shownMap } from '../../validating';
import { validatePodAnnotationUpdate } from './annotations';

const updatable = ['`spec.containers[*].image`', '`spec.initContainers[*].image`', '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'].join(',');

const int32Max = 2 ** 31 - 1;

function validateDeadline({ activeDeadlineSeconds: now }: PodSpec, { activeDeadlineSeconds: old }: PodSpec): FieldError[] {
  const path = 'spec.activeDeadlineSeconds';
  if (now === undefined) return old === undefined ? [] : [invalidValue(path, undefined, 'must not update from a positive integer to nil value')];
  if (now < 0 || now > int32Max) return [invalidValue(path, now, inclusiveRange(0, int32Max))];
  return old !== undefined && old < now ? [invalidValue(path, now, 'must be less than or equal to previous value')] : [];
}

const sameToleration = (a: Toleration, b: Toleration) => semanticEqual({ ...a, tolerationSeconds: 0 }, { ...b, tolerationSeconds: 0 });

function validateTolerations(now: Toleration[] = [], old: Toleration[] = []): FieldError[] {
  const kept = old.every((toleration) => now.some((other) => sameToleration(toleration, other)));
  return kept ? [] : [forbiddenField('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

function validateGates({ schedulingGates: now }: PodSpec, { schedulingGates: old }: PodSpec): FieldError[] {
  return each(now, 'spec.schedulingGates', ({ name }, path) => old?.some((gate) => gate.name === name) ? []
    : [forbiddenField(`${path}.name`, `only deletion is allowed, but found new scheduling gate '${name}'`)]);
}

const nodeTermsPath = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';

const nodeTerms = ({ affinity }: PodSpec) => affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];

/** More requirements mean fewer nodes; other terms may mean others. After validateNodeSelectorMutation and validateNodeAffinityMutation. */
function validateNarrowing(spec: PodSpec, old: PodSpec): FieldError[] {
  const [now, before] = [nodeTerms(spec), nodeTerms(old)];
  const selector = Object.entries(old.nodeSelector ?? {}).every(([key, value]) => spec.nodeSelector?.[key] === value) ? []
    : [invalidValue('spec.nodeSelector', shownMap(spec.nodeSelector), 'only additions to spec.nodeSelector are allowed (no mutations or deletions)')];
  if (before.length && now.length !== before.length) return [...selector, invalidValue(nodeTermsPath, now, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed')];
  return [...selector, ...before.flatMap((term, i) =>
    narrows(now[i]!, term) ? [] : [invalidValue(`${nodeTermsPath}[${i}]`, now[i], 'only additions are allowed (no mutations or deletions)')])];
}

/** An empty term matches nothing, which more requirements would change. */
function narrows(now: NodeSelectorTerm, old: NodeSelectorTerm): boolean {
  const isEmpty = ({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm) => !matchExpressions.length && !matchFields.length;
  if (isEmpty(old)) return isEmpty(now);
  return (['matchExpressions', 'matchFields'] as const).every((list) => {
    const before = old[list] ?? [];
    return semanticEqual((now[list] ?? []).slice(0, before.length), before);
  });
}

const withImagesOf = (containers: Container[] | undefined, old: Container[] | undefined) =>
  containers?.map((container, i) => ({ ...container, image: old?.[i]?.image }));

/** The new spec with all that may change set back, so that any difference left is a forbidden one. */
function withoutAllowedChanges(spec: PodSpec, old: PodSpec): PodSpec {
  const becameOne = (old.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1;
  const gated = Boolean(old.schedulingGates?.length);
  return {
    ...spec,
    containers: withImagesOf(spec.containers, old.containers) as Container[],
    initContainers: withImagesOf(spec.initContainers, old.initContainers) as Container[] | undefined,
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    schedulingGates: old.schedulingGates,
    tolerations: old.tolerations,
    ...(becameOne && { terminationGracePeriodSeconds: old.terminationGracePeriodSeconds }),
    // A pod that waits for its gates may still be narrowed down to fewer nodes.
    ...(gated && { nodeSelector: old.nodeSelector, affinity: withNodeAffinityOf(spec, old) }),
  };
}

function withNodeAffinityOf({ affinity }: PodSpec, { affinity: old }: PodSpec): PodSpec['affinity'] {
  const { nodeAffinity: _, ...others } = affinity ?? {};
  const restored = { ...others, ...(old?.nodeAffinity && { nodeAffinity: old.nodeAffinity }) };
  return Object.keys(restored).length || old ? restored : undefined;
}

const lists = ['containers', 'initContainers'] as const;

/** After ValidatePodUpdate; what `validatePod` says comes on top. */
export function validatePodUpdate(pod: Pod, before: Pod): FieldError[] {
  const [{ spec }, { spec: old }] = [pod, before];
  const annotations = validatePodAnnotationUpdate(pod, before);
  const changed = lists.filter((list) => (spec[list]?.length ?? 0) !== (old[list]?.length ?? 0));
  if (changed.length > 0) return [...annotations, ...changed.slice(0, 1).map((list) => forbiddenField(`spec.${list}`, 'pod updates may not add or remove containers'))];
  const deadline = validateDeadline(spec, old);
  // One that cannot be a deadline ends it there; one that is gone does not.
  if (deadline.length && spec.activeDeadlineSeconds !== undefined) return [...annotations, ...deadline];
  const munged = withoutAllowedChanges(spec, old);
  return [
    ...annotations,
    ...deadline,
    ...validateTolerations(spec.tolerations, old.tolerations),
    ...validateGates(spec, old),
    ...(old.schedulingGates?.length ? validateNarrowing(spec, old) : []),
    ...(semanticEqual(munged, old) ? [] : [forbiddenField('spec', `pod updates may not change fields other than ${updatable}\n${difference(old, munged)}`)]),
  ];
}
