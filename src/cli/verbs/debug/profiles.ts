import type { Capabilities, Container, EphemeralContainer, Pod, SecurityContext } from '../../../api/generated/core.v1';

export type Profile = 'legacy' | 'general' | 'baseline' | 'restricted' | 'netadmin' | 'sysadmin';

/** How a target is debugged: by a container put into the pod, in a copy of it, by a pod on the node. */
export type DebugStyle = 'ephemeral' | 'copy' | 'node';

/** What of the pod a copy keeps. */
export interface KeepFlags {
  labels: boolean;
  annotations: boolean;
  liveness: boolean;
  readiness: boolean;
  startup: boolean;
  initContainers: boolean;
}

export type DebugContainer = Container | EphemeralContainer;

/** Changes the pod and its debug container in place. */
type Change = (pod: Pod, container: DebugContainer, keep: KeepFlags) => void;

interface ProfileChanges {
  /** Before those of the style, for all styles. */
  always?: readonly Change[];
  styles: Partial<Record<DebugStyle, readonly Change[]>>;
}

const secure = (changes: SecurityContext): Change => (_pod, container) => void (container.securityContext = { ...container.securityContext, ...changes });

/** Adds capabilities to those that the container has. */
const allow = (...names: string[]): Change => (_pod, container) => {
  const { capabilities, ...rest } = container.securityContext ?? {};
  const all: Capabilities = { ...capabilities, add: [...(capabilities?.add ?? []), ...names] };
  container.securityContext = { ...rest, capabilities: all };
};

const clearSecurity: Change = (_pod, container) => void delete container.securityContext;

const dropCapabilities: Change = (_pod, container) => {
  container.securityContext = { ...container.securityContext, capabilities: { drop: ['ALL'] } };
};

const mountRoot: Change = ({ spec }, container) => {
  spec.volumes = [...(spec.volumes ?? []), { name: 'host-root', hostPath: { path: '/' } }];
  container.volumeMounts = [...(container.volumeMounts ?? []), { mountPath: '/host', name: 'host-root' }];
};

const useHostNamespaces: Change = ({ spec }) => void Object.assign(spec, { hostNetwork: true, hostPID: true, hostIPC: true });

const shareProcesses: Change = ({ spec }) => void (spec.shareProcessNamespace ??= true);

const removeLabels: Change = ({ metadata }) => void delete metadata.labels;

/** Keeps what the user wants to keep. */
const trim: Change = ({ metadata, spec }, _container, keep) => {
  if (!keep.labels) delete metadata.labels;
  if (!keep.annotations) delete metadata.annotations;
  for (const container of spec.containers) {
    if (!keep.liveness) delete container.livenessProbe;
    if (!keep.readiness) delete container.readinessProbe;
    if (!keep.startup) delete container.startupProbe;
  }
  if (!keep.initContainers) delete spec.initContainers;
};

/** After k8s.io/kubectl/pkg/cmd/debug/profiles.go. */
const profiles: Readonly<Record<Profile, ProfileChanges>> = {
  legacy: { styles: { node: [mountRoot, useHostNamespaces], copy: [removeLabels] } },
  general: {
    styles: { node: [mountRoot, clearSecurity, useHostNamespaces], copy: [trim, allow('SYS_PTRACE'), shareProcesses], ephemeral: [allow('SYS_PTRACE')] },
  },
  baseline: { always: [clearSecurity], styles: { copy: [trim, shareProcesses] } },
  restricted: {
    always: [clearSecurity, secure({ runAsNonRoot: true }), dropCapabilities, secure({ allowPrivilegeEscalation: false }), secure({ seccompProfile: { type: 'RuntimeDefault' } })],
    styles: { copy: [trim, shareProcesses] },
  },
  netadmin: { always: [allow('NET_ADMIN', 'NET_RAW')], styles: { node: [useHostNamespaces], copy: [trim, shareProcesses] } },
  sysadmin: { always: [secure({ privileged: true })], styles: { node: [useHostNamespaces, mountRoot], copy: [trim, shareProcesses] } },
};

export const isProfile = (name: string): name is Profile => Object.hasOwn(profiles, name);

export function applyProfile(profile: Profile, style: DebugStyle, pod: Pod, container: DebugContainer, keep: KeepFlags): void {
  const { always = [], styles } = profiles[profile];
  for (const change of [...always, ...(styles[style] ?? [])]) change(pod, container, keep);
}
