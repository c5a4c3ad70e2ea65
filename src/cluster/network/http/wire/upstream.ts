import type { Duplex } from 'node:stream';
import type { Clock } from '../../../../api/clock';
import { Deadline } from './deadline';

/** Who is served by a connection at the moment. */
export interface UpstreamUser {
  data(chunk: Buffer): void;
  /** Nothing more comes. With an error unless the target has ended it in order. */
  over(error?: Error & { code?: string }): void;
  /** Nothing has come for the time that it was given. */
  late(): void;
}

export interface UpstreamOptions {
  readonly key: string;
  /** The table of routes that it was opened under. */
  readonly table: number;
  readonly clock: Clock;
  /** It is closed, whoever did it. */
  readonly gone: (upstream: Upstream) => void;
}

/** A connection to a target, which one request uses at a time. */
export class Upstream {
  private user: UpstreamUser | undefined;
  private error: Error | undefined;
  private silenceMs = 0;
  private readonly deadline: Deadline;

  constructor(private readonly socket: Duplex, readonly options: UpstreamOptions) {
    this.deadline = new Deadline(options.clock, () => this.late());
    socket.on('data', (chunk: Buffer) => this.data(chunk)).on('end', () => {
      if (this.user) this.leave()?.over();
      else socket.destroy();
    }).on('error', (error) => {
      this.error = error;
    }).on('close', () => {
      this.deadline.clear();
      options.gone(this);
      this.leave()?.over(this.error ?? new Error('the connection was closed'));
    }).resume();
  }

  get isUsable(): boolean {
    return !this.socket.destroyed && this.socket.writable && !this.socket.readableEnded;
  }

  use(user: UpstreamUser, silenceMs: number): void {
    this.user = user;
    this.silenceMs = silenceMs;
    this.deadline.set(silenceMs);
  }

  /** Kept open for the time. */
  rest(idleMs: number): void {
    this.user = undefined;
    this.deadline.set(idleMs);
  }

  /** Latin-1, then bytes. */
  write(head: string, body: Buffer | undefined): void {
    if (body) this.socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
    else this.socket.write(head, 'latin1');
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  destroy(): void {
    this.user = undefined;
    this.socket.destroy();
  }

  private data(chunk: Buffer): void {
    // Nobody has asked: whoever asked next would take it for an answer.
    if (!this.user) return void this.socket.destroy();
    this.deadline.set(this.silenceMs);
    this.user.data(chunk);
  }

  private late(): void {
    if (!this.user) return void this.socket.destroy();
    this.deadline.set(this.silenceMs);
    this.user.late();
  }

  private leave(): UpstreamUser | undefined {
    const { user } = this;
    this.user = undefined;
    return user;
  }
}
