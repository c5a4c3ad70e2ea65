import type Docker from 'dockerode';
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import type { ContainerSecurity, ContainerSpec } from '../port';
import { containerLabels, containerName, type SandboxIdentity } from './labels';
import { resourceLimits } from './resource-limits';

export interface ContainerSetting {
  profile: string;
  sandbox: SandboxIdentity;
  /** Namespaces to join beside the network's. */
  sharesPid: boolean;
  hostPID: boolean;
  hostIPC: boolean;
  mounts: readonly { mount?: Docker.MountSettings; bind?: string }[];
  terminationLog: string | undefined;
}

export function containerOptions(spec: ContainerSpec, setting: ContainerSetting): ContainerCreateOptions {
  const { profile, sandbox, mounts, terminationLog } = setting;
  const ownMounts: Docker.MountSettings[] = terminationLog === undefined ? [] : [{ Type: 'bind', Source: terminationLog, Target: spec.terminationMessagePath! }];
  return {
    name: containerName(profile, sandbox, spec.name, spec.attempt),
    Image: spec.image,
    ...(spec.command && { Entrypoint: spec.command }),
    ...(spec.args && { Cmd: spec.args }),
    ...(spec.workingDir !== undefined && { WorkingDir: spec.workingDir }),
    Env: spec.env.map(({ name, value }) => `${name}=${value}`),
    Tty: spec.tty ?? false,
    OpenStdin: spec.stdin ?? false,
    StdinOnce: spec.stdinOnce ?? false,
    ...(spec.security.user !== undefined && { User: spec.security.user }),
    Labels: containerLabels(profile, sandbox, spec, terminationLog),
    HostConfig: {
      ...namespaces(setting),
      ...resourceLimits(spec.resources),
      ...security(spec.security),
      Mounts: [...mounts.flatMap(({ mount }) => mount ?? []), ...ownMounts],
      Binds: mounts.flatMap(({ bind }) => bind ?? []),
      // What logs and their rotation need, whatever the engine's default is.
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '5' } },
    },
  };
}

function namespaces({ sandbox, sharesPid, hostPID, hostIPC }: ContainerSetting): HostConfig {
  const join = `container:${sandbox.id}`;
  return { NetworkMode: join, IpcMode: hostIPC ? 'host' : join, ...((sharesPid || hostPID) && { PidMode: hostPID ? 'host' : join }) };
}

function security(of: ContainerSecurity): HostConfig {
  const options = [
    ...(of.noNewPrivileges ? ['no-new-privileges'] : []),
    ...(of.seccompProfile === undefined ? [] : [`seccomp=${of.seccompProfile}`]),
    ...(of.apparmorProfile === undefined ? [] : [`apparmor=${of.apparmorProfile}`]),
  ];
  return {
    ...(options.length > 0 && { SecurityOpt: options }),
    ...(of.supplementalGroups && { GroupAdd: of.supplementalGroups.map(String) }),
    ...(of.privileged && { Privileged: true }),
    ...(of.readOnlyRootFilesystem && { ReadonlyRootfs: true }),
    ...(of.addCapabilities && { CapAdd: of.addCapabilities }),
    ...(of.dropCapabilities && { CapDrop: of.dropCapabilities }),
    // Less than the engine's own needs CAP_SYS_RESOURCE, which engines in virtual machines may lack.
    ...(of.oomScoreAdj !== undefined && of.oomScoreAdj > 0 && { OomScoreAdj: of.oomScoreAdj }),
  };
}
