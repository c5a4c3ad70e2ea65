import type Docker from 'dockerode';
import type { ContainerInfo, ContainerInspectInfo, HostConfig } from 'dockerode';
import type { Container, Sandbox } from '../port';
import { ignoring } from './errors';
import { imageId, imageStatus } from './images';
import { labels, roles } from './labels';
import { lastWord } from './last-word';
import { resourcesOf } from './resource-limits';

/**
 * Sandboxes and containers from the engine's list, by their labels. What the list does not tell is asked for once
 * per state of a container, and again after a change of its amounts: a container never goes back to a state that it had.
 */
export class Snapshots {
  private readonly details = new Map<string, Container>();
  private readonly imageIds = new Map<string, Promise<string>>();

  constructor(private readonly docker: Docker, private readonly profile: string, private readonly hasLostNetwork: (info: ContainerInfo) => Promise<boolean>) {}

  async take({ nodeName, podUid }: { nodeName?: string; podUid?: string } = {}): Promise<Sandbox[]> {
    const label = [
      `${labels.profile}=${this.profile}`, podUid === undefined ? labels.podUid : `${labels.podUid}=${podUid}`,
      ...(nodeName === undefined ? [] : [`${labels.node}=${nodeName}`]),
    ];
    const found = await this.docker.listContainers({ all: true, filters: { label } });
    const containers = await Promise.all(found.filter(isRole(roles.container)).map(async (info) => ({ sandbox: info.Labels[labels.sandbox], container: await this.container(info) })));
    if (podUid === undefined && nodeName === undefined) this.forgetAllBut(new Set(found.map(({ Id }) => Id)));
    const sandboxes = await Promise.all(found.filter(isRole(roles.sandbox)).map(async (info) => ({ info, isReady: info.State === 'running' && !(await this.hasLostNetwork(info)) })));
    return sandboxes.map(({ info, isReady }) => sandboxOf(info, isReady, containers.flatMap(({ sandbox, container }) => (sandbox === info.Id && container ? [container] : []))))
      .sort((a, b) => b.attempt - a.attempt || b.createdAtMs - a.createdAtMs);
  }

  forget(id: string): void {
    this.details.delete(id);
  }

  private forgetAllBut(ids: ReadonlySet<string>): void {
    for (const id of this.details.keys()) if (!ids.has(id)) this.details.delete(id);
  }

  /** Undefined: removed between the list and the question. */
  private async container(info: ContainerInfo): Promise<Container | undefined> {
    const known = this.details.get(info.Id);
    if (known && known.state === stateOf(info.State) && known.state !== 'created') return known;
    const inspected = await this.docker.getContainer(info.Id).inspect().catch(ignoring(404));
    if (!inspected) return undefined;
    const container = await this.describe(info, inspected);
    this.details.set(info.Id, container);
    return container;
  }

  private async describe({ Labels, Created }: ContainerInfo, inspected: ContainerInspectInfo): Promise<Container> {
    const { State } = inspected;
    const neverStarted = State.Status === 'created' && State.Error !== '';
    const state = neverStarted ? 'exited' : stateOf(State.Status);
    const createdAtMs = Date.parse(inspected.Created) || Created * 1000;
    const startedAtMs = timeOf(State.StartedAt);
    const terminationMessage = state === 'exited' && !neverStarted ? await lastWord(this.docker, inspected.Id, Labels, State.ExitCode) : '';
    return {
      id: inspected.Id,
      name: Labels[labels.container] ?? '',
      attempt: Number(Labels[labels.attempt]),
      state,
      image: Labels[labels.image] ?? inspected.Config.Image,
      imageId: await this.imageId(inspected.Image),
      createdAtMs,
      ...(startedAtMs !== undefined && { startedAtMs }),
      ...(state === 'exited' && {
        // The engine notes the start of what ends at once after its end, at times.
        finishedAtMs: Math.max(timeOf(State.FinishedAt) ?? createdAtMs, startedAtMs ?? 0),
        exitCode: neverStarted ? startFailedCode : State.ExitCode,
        oomKilled: State.OOMKilled,
      }),
      ...(neverStarted && { message: State.Error }),
      ...(terminationMessage && { terminationMessage }),
      resources: resourcesOf(inspected.HostConfig as HostConfig),
      specHash: Labels[labels.hash] ?? '',
      annotations: JSON.parse(Labels[labels.annotations] ?? '{}') as Record<string, string>,
    };
  }

  private imageId(id: string): Promise<string> {
    const known = this.imageIds.get(id) ?? imageStatus(this.docker, id).then((image) => (image ? imageId(image) : `docker://${id}`));
    this.imageIds.set(id, known);
    known.catch(() => this.imageIds.delete(id));
    return known;
  }
}

const startFailedCode = 128;

const isRole = (role: string) => ({ Labels }: ContainerInfo) => Labels[labels.role] === role;

function stateOf(status: string): Container['state'] {
  if (status === 'created') return 'created';
  return status === 'exited' || status === 'dead' || status === 'removing' ? 'exited' : 'running';
}

/** The engine writes the year 1 for never. */
function timeOf(text: string): number | undefined {
  const ms = Date.parse(text);
  return ms > 0 ? ms : undefined;
}

function sandboxOf({ Id, Labels, Created }: ContainerInfo, isReady: boolean, containers: Container[]): Sandbox {
  const ip = Labels[labels.ip];
  return {
    id: Id,
    podUid: Labels[labels.podUid] ?? '', podName: Labels[labels.podName] ?? '', namespace: Labels[labels.namespace] ?? '', nodeName: Labels[labels.node] ?? '',
    attempt: Number(Labels[labels.attempt]),
    state: isReady ? 'ready' : 'notready',
    ...(ip !== undefined && { ip }),
    createdAtMs: Created * 1000,
    annotations: JSON.parse(Labels[labels.annotations] ?? '{}') as Record<string, string>,
    containers,
  };
}
