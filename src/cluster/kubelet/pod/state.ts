import type { Pod } from '../../../api/generated/core.v1';
import type { Sandbox } from '../../../runtime/port';
import type { BackoffEntry } from '../decide/backoff';
import { readySandbox, type Failure, type ImageVerdict, type PendingResize, type PodView } from '../decide/view';

/** A sandbox that does not run yet. */
export interface SandboxInMaking {
  readonly attempt: number;
  readonly ip?: string;
  /** Since then containers can be created in it. */
  id?: string;
  /** Resolves when they can be started, too. */
  ready: Promise<unknown>;
}

/** What a runner remembers of its pod between two looks at it. Operations note here what came of them. */
export class PodState {
  gone = false;
  /** Everything was removed; only the API's object is left. */
  finished = false;
  sandboxes: readonly Sandbox[] = [];
  volumes: 'ready' | 'unknown' | Failure = 'unknown';
  /** Since a refresh failed: not before. */
  volumesRetryAtMs = 0;
  sandboxFailure?: Failure;
  sandboxInMaking?: SandboxInMaking;
  pendingResize?: PendingResize;
  eviction?: string;
  readonly images = new Map<string, ImageVerdict>();
  readonly failures = new Map<string, Failure>();
  readonly restarts = new Map<string, BackoffEntry>();
  /** Failures in a row, by what failed. */
  private readonly troubles = new Map<string, number>();

  constructor(public pod: Pod) {}

  /** Finished sandboxes only: one that is being made has no network yet. */
  get usableSandboxes(): readonly Sandbox[] {
    const inMaking = this.sandboxInMaking?.attempt;
    return inMaking === undefined ? this.sandboxes : this.sandboxes.filter(({ attempt }) => attempt !== inMaking);
  }

  get podIP(): string | undefined {
    return readySandbox(this.usableSandboxes)?.ip ?? this.sandboxInMaking?.ip;
  }

  view(pod: Pod, probe: PodView['probe'], inFlight: ReadonlySet<string>, nowMs: number): PodView {
    const { gone, volumes, sandboxFailure, pendingResize, eviction, images, failures, restarts } = this;
    const newSandboxId = this.sandboxInMaking?.id;
    return {
      pod, gone, sandboxes: this.usableSandboxes, probe, volumes, images, failures, restarts, inFlight, nowMs,
      ...(sandboxFailure && { sandboxFailure }), ...(pendingResize && { pendingResize }), ...(eviction !== undefined && { eviction }), ...(newSandboxId !== undefined && { newSandboxId }),
    };
  }

  /** A failure with a pause before the next try that doubles up to half a minute. */
  trouble(what: string, reason: string, message: string, nowMs: number): Failure {
    const count = this.troubles.get(what) ?? 0;
    this.troubles.set(what, count + 1);
    return { reason, message, retryAtMs: nowMs + Math.min(1000 * 2 ** count, 30_000) };
  }

  noTrouble(what: string): void {
    this.troubles.delete(what);
  }
}
