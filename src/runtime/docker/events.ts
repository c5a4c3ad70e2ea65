import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { sleep, type Clock } from '../../api/clock';
import { PodChanges } from '../changes';
import { labels, roles } from './labels';

const reconnectMs = { first: 200, most: 5000 };

interface EngineEvent {
  Action?: string;
  Actor?: { ID?: string; Attributes?: Record<string, string> };
}

/** What changes the state of a container; exec and attach do not. */
const actions = ['start', 'die', 'destroy', 'oom', 'pause', 'unpause', 'update'];

/** The engine's events as changes of pods. One stream for all watchers, opened with the first and opened again when it ends. */
export class EngineEvents {
  private readonly changes = new PodChanges();
  private readonly stopping = new AbortController();
  private isFollowing = false;

  constructor(private readonly docker: Docker, private readonly profile: string, private readonly clock: Clock, private readonly onContainer: (id: string) => void) {}

  watch(nodeName: string, signal: AbortSignal): AsyncIterable<{ podUid: string }> {
    const watched = this.changes.watch(nodeName, AbortSignal.any([signal, this.stopping.signal]));
    if (!this.isFollowing) {
      this.isFollowing = true;
      void this.follow();
    }
    return watched;
  }

  /** What all pods of the node share has changed. */
  tellAll(nodeName: string): void {
    this.changes.emit(nodeName, '');
  }

  close(): void {
    this.stopping.abort();
  }

  private async follow(): Promise<void> {
    let waitMs = reconnectMs.first;
    while (!this.stopping.signal.aborted) {
      try {
        const stream = await this.open();
        // Whatever happened before is in nobody's snapshot for certain.
        this.changes.emitAll();
        waitMs = reconnectMs.first;
        await this.read(stream);
      } catch {
        // Told by the next snapshot, which fails as well while the engine is away.
      }
      await sleep(this.clock, waitMs, this.stopping.signal).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, reconnectMs.most);
    }
  }

  private async open(): Promise<Readable> {
    const filters = { type: ['container'], label: [`${labels.profile}=${this.profile}`], event: actions };
    const stream = (await this.docker.getEvents({ filters, abortSignal: this.stopping.signal } as Docker.GetEventsOptions)) as Readable;
    stream.on('error', () => undefined);
    return stream;
  }

  private async read(stream: Readable): Promise<void> {
    let rest = '';
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim()) this.tell(JSON.parse(line) as EngineEvent);
    }
  }

  private tell({ Action, Actor: { ID: id, Attributes: attributes = {} } = {} }: EngineEvent): void {
    const podUid = attributes[labels.podUid];
    if (!podUid) return;
    if (id) this.onContainer(id);
    const emit = () => this.changes.emit(attributes[labels.node] ?? '', podUid);
    if (id && Action === 'die' && attributes[labels.role] === roles.sandbox) void this.settled(id).then(emit);
    else emit();
  }

  /** The engine tells of an end while its list, from which sandboxes are read, still says that it runs. Who inspects waits until that is over. */
  private async settled(id: string): Promise<void> {
    await this.docker.getContainer(id).inspect().catch(() => undefined);
  }
}
