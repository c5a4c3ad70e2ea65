import type { FieldError } from '../../../api/errors';
import type { PodSpec, SeccompProfile, SecurityContext, Sysctl } from '../../../api/generated/core.v1';
import { invalidEach, invalidValue, isGroupID, isUserID, notSupported, required, type Path, type Rule } from '../../../api/validation';
import { duplicates, each, oneOf, optional, present } from '../../validating';
import { validateDescending } from './paths';

const numbered = (rule: Rule<number>) => (id: number, path: Path) => invalidEach(path, id, rule(id));
const validateUser = numbered(isUserID);
const validateGroup = numbered(isGroupID);

function validateSeccomp({ type, localhostProfile }: SeccompProfile, path: Path): FieldError[] {
  const errors = oneOf(type, ['Localhost', 'RuntimeDefault', 'Unconfined'], `${path}.type`);
  if (type !== 'Localhost') {
    return localhostProfile === undefined ? errors
      : [...errors, invalidValue(`${path}.localhostProfile`, localhostProfile, 'can only be set when seccomp type is Localhost')];
  }
  if (localhostProfile === undefined) return [...errors, required(`${path}.localhostProfile`, 'must be set when seccomp type is Localhost')];
  return [...errors, ...validateDescending(localhostProfile, `${path}.localhostProfile`)];
}

function contradictions({ allowPrivilegeEscalation, privileged, capabilities }: SecurityContext): string[] {
  if (allowPrivilegeEscalation !== false) return [];
  return [
    ...(privileged ? ['cannot set `allowPrivilegeEscalation` to false and `privileged` to true'] : []),
    ...(capabilities?.add?.includes('CAP_SYS_ADMIN') ? ['cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN'] : []),
  ];
}

/** After ValidateSecurityContext. */
export function validateSecurityContext(context: SecurityContext | undefined, path: Path): FieldError[] {
  if (!context) return [];
  return [
    ...optional(context.runAsUser, `${path}.runAsUser`, validateUser),
    ...optional(context.runAsGroup, `${path}.runAsGroup`, validateGroup),
    ...(context.procMount === undefined || ['Default', 'Unmasked'].includes(context.procMount) ? []
      : [notSupported(`${path}.procMount`, context.procMount, ['Default', 'Unmasked'])]),
    ...optional(context.seccompProfile, `${path}.seccompProfile`, validateSeccomp),
    ...invalidEach(path, context, contradictions(context)),
  ];
}

const sysctlSegment = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const sysctlFormat = `^(${sysctlSegment}[\\./])*${sysctlSegment}$`;
const sysctlPattern = new RegExp(sysctlFormat);
const sysctlMax = 253;

function validateSysctls(sysctls: Sysctl[] | undefined, path: Path): FieldError[] {
  return [
    ...each(sysctls, path, ({ name }, at) => {
      if (!name) return present(name, `${at}.name`);
      const good = name.length <= sysctlMax && sysctlPattern.test(name);
      return good ? [] : [invalidValue(`${at}.name`, name, `must have at most ${sysctlMax} characters and match regex ${sysctlFormat}`)];
    }),
    ...duplicates((sysctls ?? []).map(({ name }) => name), (i) => `${path}[${i}].name`),
  ];
}

/** After validatePodSpecSecurityContext. */
export function validatePodSecurityContext({ securityContext: context, shareProcessNamespace, hostPID }: PodSpec, path: Path): FieldError[] {
  if (!context) return [];
  return [
    ...optional(context.fsGroup, `${path}.fsGroup`, validateGroup),
    ...optional(context.runAsUser, `${path}.runAsUser`, validateUser),
    ...optional(context.runAsGroup, `${path}.runAsGroup`, validateGroup),
    ...each(context.supplementalGroups, `${path}.supplementalGroups`, validateGroup),
    ...(shareProcessNamespace && hostPID
      ? [invalidValue(`${path}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled')] : []),
    ...validateSysctls(context.sysctls, `${path}.sysctls`),
    ...(context.fsGroupChangePolicy === undefined || ['Always', 'OnRootMismatch'].includes(context.fsGroupChangePolicy) ? []
      : [notSupported(`${path}.fsGroupChangePolicy`, context.fsGroupChangePolicy, ['Always', 'OnRootMismatch'])]),
    ...optional(context.seccompProfile, `${path}.seccompProfile`, validateSeccomp),
  ];
}
