import type { Clock } from '../../api/clock';
import type { Container, ContainerResources, ContainerSpec, ContainerStats, LogLine, LogRequest } from '../port';
import type { Behaviour } from './behaviour';
import type { Load } from './load';

/** One simulated container: its spec, how far it got, and the timers of its life. */
export class SimContainer {
  readonly ended: Promise<void>;
  private readonly createdAtMs: number;
  private startedAtMs?: number;
  private finished?: { atMs: number; exitCode: number; oomKilled: boolean; message?: string };
  private markEnded: () => void = () => undefined;
  private cancelEnd: () => void = () => undefined;
  private resources: ContainerResources;
  private used = { untilMs: 0, cpuNanoseconds: 0 };

  constructor(readonly id: string, readonly sandboxId: string, readonly spec: ContainerSpec, readonly behaviour: Behaviour, private readonly clock: Clock, private readonly onChange: () => void) {
    this.createdAtMs = clock.now();
    this.resources = spec.resources;
    this.ended = new Promise((resolve) => (this.markEnded = resolve));
  }

  get running(): boolean {
    return this.startedAtMs !== undefined && !this.finished;
  }

  get neverStarted(): boolean {
    return this.startedAtMs === undefined;
  }

  /** Milliseconds since the start; 0 when it has not started. */
  get ageMs(): number {
    return this.startedAtMs === undefined ? 0 : this.clock.now() - this.startedAtMs;
  }

  start(): void {
    if (this.startedAtMs !== undefined) return;
    this.startedAtMs = this.used.untilMs = this.clock.now();
    const { end } = this.behaviour;
    if (end) this.cancelEnd = this.clock.schedule(end.afterMs, () => this.finish(end.exitCode, end.oomKilled));
    this.onChange();
  }

  update(resources: ContainerResources): void {
    this.resources = { ...this.resources, ...resources };
    this.onChange();
  }

  failStart(message: string): void {
    this.finished = { atMs: this.clock.now(), exitCode: 128, oomKilled: false, message };
    this.markEnded();
    this.onChange();
  }

  finish(exitCode: number, oomKilled = false): void {
    if (!this.running) return;
    this.cancelEnd();
    this.finished = { atMs: this.clock.now(), exitCode, oomKilled };
    this.markEnded();
    this.onChange();
  }

  dispose(): void {
    this.cancelEnd();
    this.markEnded();
  }

  /** As busy as `load` says since it was asked last. */
  stats({ cpuMillis, memoryBytes }: Load): ContainerStats {
    const timeMs = this.clock.now();
    const passedMs = timeMs - this.used.untilMs;
    this.used = { untilMs: timeMs, cpuNanoseconds: this.used.cpuNanoseconds + Math.round(passedMs * cpuMillis * 1000) };
    return { timeMs, cpuNanoseconds: this.used.cpuNanoseconds, memoryWorkingSetBytes: memoryBytes };
  }

  status(): Container {
    const { name, attempt, image, specHash, annotations } = this.spec;
    return {
      id: this.id, name, attempt, image, specHash, annotations,
      imageId: simImageId(image), resources: this.resources,
      state: this.finished ? 'exited' : this.running ? 'running' : 'created',
      createdAtMs: this.createdAtMs,
      ...(this.startedAtMs !== undefined && { startedAtMs: this.startedAtMs }),
      ...(this.finished && { finishedAtMs: this.finished.atMs, exitCode: this.finished.exitCode, oomKilled: this.finished.oomKilled }),
      ...(this.finished?.message !== undefined && { message: this.finished.message }),
    };
  }

  async *logs(request: LogRequest): AsyncIterable<LogLine> {
    const startMs = this.startedAtMs ?? this.createdAtMs;
    const all = this.behaviour.logs.map(({ atMs, text }) => ({ atMs: startMs + atMs, text }));
    const untilMs = this.finished?.atMs ?? this.clock.now();
    const written = all.filter(({ atMs }) => atMs <= untilMs && atMs >= (request.sinceMs ?? 0));
    const first = request.tailLines === undefined ? 0 : Math.max(0, written.length - request.tailLines);
    for (const line of written.slice(first)) yield logLine(line);
    if (!request.follow || !this.running) return;
    for (const line of all.filter(({ atMs }) => atMs > untilMs)) {
      await this.until(line.atMs, request.signal);
      if (request.signal?.aborted || (this.finished && this.finished.atMs < line.atMs)) return;
      yield logLine(line);
    }
    await this.until(Infinity, request.signal);
  }

  /** Resolves at the time given, at the container's end or with the signal, whichever is first. */
  private until(atMs: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const cancel = Number.isFinite(atMs) ? this.clock.schedule(atMs - this.clock.now(), done) : () => undefined;
      function done() {
        cancel();
        signal?.removeEventListener('abort', done);
        resolve();
      }
      if (signal?.aborted) return done();
      signal?.addEventListener('abort', done, { once: true });
      void this.ended.then(done);
    });
  }
}

const logLine = ({ atMs, text }: { atMs: number; text: string }): LogLine => ({
  stream: 'stdout',
  time: new Date(atMs).toISOString().replace('Z', '000000Z'),
  data: Buffer.from(`${text}\n`),
});

/** Made of the name, so that one image has one id. */
export function simImageId(image: string): string {
  let hash = 0x811c9dc5;
  for (const char of image) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return `docker-pullable://${image.replace(/[:@][^/]*$/, '')}@sha256:${hash.toString(16).padStart(8, '0').repeat(8)}`;
}

