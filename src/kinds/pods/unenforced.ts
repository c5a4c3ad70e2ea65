import type { Container, PodSpec } from '../../api/generated/core.v1';
import type { Path } from '../../api/validation';

/** Says of what it is given which fields, relative to it, are kept and not acted on, and why. */
type Check<T> = readonly [field: string, isAsked: (of: T) => unknown, why: string];

const ofPod: readonly Check<PodSpec>[] = [
  ['hostUsers', ({ hostUsers }) => hostUsers === false, 'the engine gives no user namespace to a single pod'],
  ['setHostnameAsFQDN', ({ setHostnameAsFQDN }) => setHostnameAsFQDN, 'the hostname is the short one'],
  ['resourceClaims', ({ resourceClaims }) => resourceClaims?.length, 'there are no drivers of devices'],
  ['securityContext.seLinuxOptions', ({ securityContext }) => securityContext?.seLinuxOptions, 'labels are those that the engine chooses'],
  ['securityContext.supplementalGroupsPolicy', ({ securityContext }) => securityContext?.supplementalGroupsPolicy === 'Strict', 'the groups that the image gives its user are added'],
  ['securityContext.appArmorProfile', ({ securityContext }) => securityContext?.appArmorProfile?.type === 'Localhost', 'the engine\'s own profile holds'],
];

const ofContainer: readonly Check<Container>[] = [
  ['securityContext.procMount', ({ securityContext }) => securityContext?.procMount === 'Unmasked', 'the engine masks parts of /proc'],
  ['securityContext.seLinuxOptions', ({ securityContext }) => securityContext?.seLinuxOptions, 'labels are those that the engine chooses'],
  ['securityContext.appArmorProfile', ({ securityContext }) => securityContext?.appArmorProfile?.type === 'Localhost', 'the engine\'s own profile holds'],
];

const told = <T>(checks: readonly Check<T>[], of: T, at: Path): string[] =>
  checks.filter(([, isAsked]) => isAsked(of)).map(([field, , why]) => `${at}.${field}: stored but not enforced: ${why}`);

/** Fields that real nodes act on and those of knarr do not: each is named to who sets it. `path` is that of the spec. */
export function unenforcedWarnings(spec: PodSpec, path: Path): string[] {
  const containers = (['initContainers', 'containers'] as const).flatMap((list) => (spec[list] ?? []).map((container, i) => ({ container, at: `${path}.${list}[${i}]` })));
  return [
    ...told(ofPod, spec, path),
    ...containers.flatMap(({ container, at }) => told(ofContainer, container, at)),
    ...containers.flatMap(({ container, at }) => (container.volumeMounts ?? []).flatMap(({ recursiveReadOnly }, i) =>
      (recursiveReadOnly === 'Enabled' ? [`${at}.volumeMounts[${i}].recursiveReadOnly: stored but not enforced: mounts below it stay writable`] : []))),
  ];
}
