import type Docker from 'dockerode';
import { RuntimeFailure, type ContainerResources, type ContainerSpec } from '../port';
import { containerOptions } from './container-options';
import { engineMessage, failure, ignoring } from './errors';
import { labels, type SandboxIdentity } from './labels';
import { resourceLimits } from './resource-limits';
import { createFresh } from './sandboxes';
import type { Volumes } from './volumes/volumes';

interface JoinedSandbox extends SandboxIdentity {
  sharesPid: boolean;
  hostPID: boolean;
  hostIPC: boolean;
}

/** Makes, starts, stops and removes application containers. */
export class Containers {
  /** By the id of the sandbox. */
  private readonly sandboxes = new Map<string, JoinedSandbox>();

  constructor(private readonly docker: Docker, private readonly profile: string, private readonly volumes: Volumes) {}

  /** Saves asking the engine for what was just told to it. */
  noteSandbox(sandbox: JoinedSandbox): void {
    this.sandboxes.set(sandbox.id, sandbox);
  }

  forgetSandbox(id: string): void {
    this.sandboxes.delete(id);
  }

  async create(sandboxId: string, spec: ContainerSpec): Promise<string> {
    const sandbox = this.sandboxes.get(sandboxId) ?? (await this.readSandbox(sandboxId));
    const { podUid } = sandbox;
    const [mounts, terminationLog] = await Promise.all([
      Promise.all(spec.mounts.map((mount) => this.volumes.mount(podUid, mount))),
      spec.terminationMessagePath ? this.volumes.terminationLog(podUid, spec.name, spec.attempt) : undefined,
    ]);
    const { sharesPid, hostPID, hostIPC } = sandbox;
    try {
      const options = containerOptions(spec, { profile: this.profile, sandbox, sharesPid, hostPID, hostIPC, mounts, terminationLog });
      return (await createFresh(this.docker, options)).id;
    } catch (error) {
      if (/no such image/i.test(engineMessage(error))) throw new RuntimeFailure('ImageNotFound', engineMessage(error));
      throw failure(error);
    }
  }

  async start(id: string): Promise<void> {
    try {
      await this.docker.getContainer(id).start();
    } catch (error) {
      const { statusCode } = error as { statusCode?: number };
      if (statusCode === 304) return;
      throw failure(statusCode === undefined ? error : new RuntimeFailure('StartFailed', engineMessage(error)));
    }
  }

  async update(id: string, resources: ContainerResources): Promise<void> {
    await this.docker.getContainer(id).update(resourceLimits(resources));
  }

  async stop(id: string, graceSeconds: number): Promise<void> {
    await this.docker.getContainer(id).stop({ t: Math.max(0, Math.ceil(graceSeconds)) }).catch(ignoring(304, 404));
  }

  async remove(id: string): Promise<void> {
    await this.docker.getContainer(id).remove({ force: true, v: true }).catch(ignoring(404, 409));
  }

  private async readSandbox(id: string): Promise<JoinedSandbox> {
    const { Config, HostConfig } = await this.docker.getContainer(id).inspect();
    const read = (label: string) => Config.Labels[label] ?? '';
    const sandbox: JoinedSandbox = {
      id, podUid: read(labels.podUid), podName: read(labels.podName), namespace: read(labels.namespace), nodeName: read(labels.node),
      sharesPid: read(labels.sharesPid) === 'true', hostPID: HostConfig.PidMode === 'host', hostIPC: HostConfig.IpcMode === 'host',
    };
    this.noteSandbox(sandbox);
    return sandbox;
  }
}
