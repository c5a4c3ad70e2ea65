import type { Container, Pod, SeccompProfile } from '../../../api/generated/core.v1';
import type { ContainerSecurity } from '../../../runtime/port';
import { podId } from '../decide/view';
import { qosClass } from '../status/qos';
import { parseQuantity, quantityValue } from '../../../api/quantity';

/** Throws where the image's user or a profile cannot be had as the pod asks; the message is that of CreateContainerConfigError. */
export function containerSecurity(pod: Pod, container: Container, imageUser: string, nodeMemoryBytes: number): ContainerSecurity {
  const own = container.securityContext ?? {};
  const common = pod.spec.securityContext ?? {};
  verifyNonRoot(pod, container, imageUser);
  const user = userOf(own.runAsUser ?? common.runAsUser, own.runAsGroup ?? common.runAsGroup, imageUser);
  const groups = [...(common.supplementalGroups ?? []), ...(common.fsGroup === undefined ? [] : [common.fsGroup])];
  const seccomp = seccompOf(own.seccompProfile ?? common.seccompProfile);
  return {
    ...(user !== undefined && { user }),
    ...(groups.length > 0 && { supplementalGroups: groups }),
    ...(own.privileged && { privileged: true }),
    ...(own.readOnlyRootFilesystem && { readOnlyRootFilesystem: true }),
    ...(own.allowPrivilegeEscalation === false && { noNewPrivileges: true }),
    ...(own.capabilities?.add && { addCapabilities: own.capabilities.add }),
    ...(own.capabilities?.drop && { dropCapabilities: own.capabilities.drop }),
    ...(seccomp !== undefined && { seccompProfile: seccomp }),
    ...((own.appArmorProfile ?? common.appArmorProfile)?.type === 'Unconfined' && { apparmorProfile: 'unconfined' }),
    oomScoreAdj: oomScoreAdjust(pod, container, nodeMemoryBytes),
  };
}

function userOf(uid: number | undefined, gid: number | undefined, imageUser: string): string | undefined {
  if (gid === undefined) return uid === undefined ? undefined : String(uid);
  return `${uid ?? (imageUser.split(':')[0] || '0')}:${gid}`;
}

/** After kuberuntime's verifyRunAsNonRoot. */
function verifyNonRoot(pod: Pod, container: Container, imageUser: string): void {
  const own = container.securityContext ?? {};
  const common = pod.spec.securityContext ?? {};
  if (!(own.runAsNonRoot ?? common.runAsNonRoot)) return;
  const where = `(pod: "${podId(pod)}", container: ${container.name})`;
  const uid = own.runAsUser ?? common.runAsUser;
  if (uid === 0) throw new Error(`container's runAsUser breaks non-root policy ${where}`);
  if (uid !== undefined) return;
  const [name = ''] = imageUser.split(':');
  if (name === '' || name === '0') throw new Error(`container has runAsNonRoot and image will run as root ${where}`);
  if (!/^\d+$/.test(name)) throw new Error(`container has runAsNonRoot and image has non-numeric user (${name}), cannot verify user is non-root ${where}`);
}

/** Without a profile the engine's default holds, as with upstream's seccompDefault: this machine is somebody's own. */
function seccompOf(profile: SeccompProfile | undefined): string | undefined {
  if (!profile || profile.type === 'RuntimeDefault') return undefined;
  if (profile.type === 'Unconfined') return 'unconfined';
  throw new Error(`seccompProfile of type ${profile.type} is not supported`);
}

/** After pkg/kubelet/qos. */
function oomScoreAdjust(pod: Pod, container: Container, nodeMemoryBytes: number): number {
  const quality = qosClass(pod);
  if (quality === 'Guaranteed') return -997;
  if (quality === 'BestEffort') return 1000;
  const requestBytes = quantityValue(parseQuantity(container.resources?.requests?.['memory'] ?? '0'));
  const adjust = 1000 - Math.floor((1000 * requestBytes) / nodeMemoryBytes);
  return Math.min(Math.max(adjust, 3), 999);
}
