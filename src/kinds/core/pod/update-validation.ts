import type { FieldError } from '../../../api/errors';
import type { Container, Pod, PodSpec, Toleration } from '../../../api/generated/core.v1';
import { forbiddenField, inclusiveRange, invalidValue, required, semanticEqual, type Path } from '../../../api/validation';
import { difference } from '../../difference';
import { each } from '../../validating';

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

const validateImages = (containers: Container[] | undefined, path: Path) =>
  each(containers, path, ({ image }, at) => image ? [] : [required(`${at}.image`)]);

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
    ...(gated && extendsMap(spec.nodeSelector, old.nodeSelector) && { nodeSelector: old.nodeSelector }),
  };
}

function extendsMap(now: Record<string, string> = {}, old: Record<string, string> = {}): boolean {
  return Object.entries(old).every(([key, value]) => now[key] === value);
}

const lists = ['containers', 'initContainers'] as const;

/** After ValidatePodUpdate; what `validatePod` says comes on top. */
export function validatePodUpdate({ spec }: Pod, { spec: old }: Pod): FieldError[] {
  const changed = lists.filter((list) => (spec[list]?.length ?? 0) !== (old[list]?.length ?? 0));
  if (changed.length > 0) return changed.slice(0, 1).map((list) => forbiddenField(`spec.${list}`, 'pod updates may not add or remove containers'));
  const munged = withoutAllowedChanges(spec, old);
  return [
    ...lists.flatMap((list) => validateImages(spec[list], `spec.${list}`)),
    ...validateDeadline(spec, old),
    ...validateTolerations(spec.tolerations, old.tolerations),
    ...validateGates(spec, old),
    ...(semanticEqual(munged, old) ? [] : [forbiddenField('spec', `pod updates may not change fields other than ${updatable}\n${difference(old, munged)}`)]),
  ];
}
