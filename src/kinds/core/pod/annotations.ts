import type { FieldError } from '../../../api/errors';
import type { Pod, PodSpec, Toleration } from '../../../api/generated/core.v1';
import { forbiddenField, invalidValue, type Path } from '../../../api/validation';
import { validateDescending } from '../../pods/validation/paths';
import { validateTolerations } from '../../pods/validation/scheduling';

const mirror = 'kubernetes.io/config.mirror';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const tolerationsKey = 'scheduler.alpha.kubernetes.io/tolerations';
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/';
const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
const path: Path = 'metadata.annotations';

const at = (key: string): Path => `${path}[${key}]`;

/** An integer as Go writes it: no plus sign, no leading zeros. */
const isInt32 = (text: string) => /^(0|-?[1-9][0-9]*)$/.test(text) && BigInt.asIntN(32, BigInt(text)) === BigInt(text);

function validateTolerationsText(text: string): FieldError[] {
  try {
    return validateTolerations(JSON.parse(text) as Toleration[], `${path}.${tolerationsKey}`);
  } catch (error) {
    return [invalidValue(path, tolerationsKey, (error as Error).message)];
  }
}

function validateSeccomp(key: string, profile: string): FieldError[] {
  if (['unconfined', 'runtime/default', 'docker/default'].includes(profile)) return [];
  const below = `${path}.${key}`;
  return profile.startsWith('localhost/') ? validateDescending(profile.slice('localhost/'.length), below) : [invalidValue(below, profile, 'must be a valid seccomp profile')];
}

function validateAppArmor(key: string, profile: string, { containers, initContainers = [], ephemeralContainers = [] }: PodSpec): FieldError[] {
  const container = key.slice(appArmorPrefix.length);
  const isKnown = [...containers, ...initContainers, ...ephemeralContainers].some(({ name }) => name === container);
  const isValid = !profile || profile === 'runtime/default' || profile === 'unconfined' || profile.startsWith('localhost/');
  return [
    ...(isKnown ? [] : [invalidValue(at(key), container, 'container not found')]),
    ...(isValid ? [] : [invalidValue(at(key), profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`)]),
  ];
}

/** Annotations that mean something to pods. `old`: a deletion cost that is wrong already may stay so. After ValidatePodSpecificAnnotations. */
export function validatePodAnnotations({ metadata: { annotations = {} }, spec }: Pod, old?: Pod): FieldError[] {
  const cost = annotations[deletionCost];
  const costIsKept = cost !== undefined && old?.metadata.annotations?.[deletionCost] === cost;
  const byPrefix = (prefix: string) => Object.entries(annotations).filter(([key]) => key.startsWith(prefix));
  return [
    ...(annotations[mirror] !== undefined && !spec.nodeName ? [invalidValue(at(mirror), annotations[mirror], 'must set spec.nodeName if mirror pod annotation is set')] : []),
    ...(annotations[tolerationsKey] ? validateTolerationsText(annotations[tolerationsKey]) : []),
    ...(cost !== undefined && !costIsKept && !isInt32(cost) ? [invalidValue(at(deletionCost), cost, 'must be a 32bit integer')] : []),
    ...(annotations[seccompPod] === undefined ? [] : validateSeccomp(seccompPod, annotations[seccompPod])),
    ...byPrefix(seccompPrefix).flatMap(([key, profile]) => validateSeccomp(key, profile)),
    ...byPrefix(appArmorPrefix).flatMap(([key, profile]) => validateAppArmor(key, profile, spec)),
  ];
}

/** After ValidatePodSpecificAnnotationUpdates. */
export function validatePodAnnotationUpdate({ metadata: { annotations: now = {} } }: Pod, { metadata: { annotations: old = {} } }: Pod): FieldError[] {
  const guarded = (key: string) => (key === mirror ? 'mirror pod annotation' : key.startsWith(appArmorPrefix) ? 'AppArmor annotations' : undefined);
  const refuse = (key: string, verb: string) => (guarded(key) ? [forbiddenField(at(key), `may not ${verb} ${guarded(key)}`)] : []);
  return [
    ...Object.keys(old).filter((key) => now[key] !== old[key]).flatMap((key) => refuse(key, 'remove or update')),
    ...Object.keys(now).filter((key) => old[key] === undefined).flatMap((key) => refuse(key, 'add')),
  ];
}

export const isMirror = ({ metadata }: Pod): boolean => metadata.annotations?.[mirror] !== undefined;
