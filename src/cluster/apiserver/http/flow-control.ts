import type { Clock } from '../../../api/clock';

export interface FlowLimits {
  /** Requests in work at a time. */
  readonly readOnlyMax: number;
  readonly mutatingMax: number;
  /** Requests of one user, and of all, that wait for one of those places. */
  readonly waitingOfOneMax: number;
  readonly waitingMax: number;
}

/** Source of the first two: --max-requests-inflight, --max-mutating-requests-inflight; of the third, as the length of one queue. */
export const defaultLimits: FlowLimits = { readOnlyMax: 400, mutatingMax: 200, waitingOfOneMax: 50, waitingMax: 1000 };

/** A quarter of what a request may last, as upstream waits. */
const waitMsMax = 15_000;

type Release = () => void;

/**
 * So many requests at a time; the others wait. Those who wait take turns by user: one who floods the server delays only
 * themselves. After the priority and fairness of k8s.io/apiserver, with one level for reading and one for writing.
 */
export class FlowControl {
  readonly #readOnly: Level;
  readonly #mutating: Level;

  constructor(clock: Clock, limits: FlowLimits = defaultLimits) {
    this.#readOnly = new Level(clock, limits.readOnlyMax, limits);
    this.#mutating = new Level(clock, limits.mutatingMax, limits);
  }

  /** What to call when the request is done; undefined when there is no place for it. Waits for its turn where it must. */
  enter(user: string, verb: string): Release | Promise<Release | undefined> | undefined {
    return (isMutating(verb) ? this.#mutating : this.#readOnly).enter(user);
  }

  /** By kind of request, in upstream's words. */
  counts(): { kind: 'readOnly' | 'mutating'; executing: number; waiting: number }[] {
    return [{ kind: 'mutating', ...this.#mutating.counts }, { kind: 'readOnly', ...this.#readOnly.counts }];
  }
}

const isMutating = (verb: string) => verb !== 'get' && verb !== 'list' && verb !== 'watch';

interface Waiting {
  resolve(release: Release | undefined): void;
  cancel(): void;
}

class Level {
  #executing = 0;
  #waiting = 0;
  /** By user, in the order of turns: who has been served goes to the end. */
  readonly #queues = new Map<string, Waiting[]>();

  constructor(private readonly clock: Clock, private readonly max: number, private readonly limits: FlowLimits) {}

  get counts() {
    return { executing: this.#executing, waiting: this.#waiting };
  }

  enter(user: string): Release | Promise<Release | undefined> | undefined {
    if (this.#executing < this.max) return this.#take();
    const queue = this.#queues.get(user) ?? [];
    if (queue.length >= this.limits.waitingOfOneMax || this.#waiting >= this.limits.waitingMax) return undefined;
    return this.#wait(user, queue);
  }

  #take(): Release {
    this.#executing++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#executing--;
      this.#next();
    };
  }

  #wait(user: string, queue: Waiting[]): Promise<Release | undefined> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        resolve,
        cancel: this.clock.schedule(waitMsMax, () => {
          queue.splice(queue.indexOf(waiting), 1);
          this.#left(user, queue);
          resolve(undefined);
        }),
      };
      queue.push(waiting);
      this.#queues.set(user, queue);
      this.#waiting++;
    });
  }

  #next(): void {
    const [user, queue] = this.#queues.entries().next().value ?? [];
    if (user === undefined || !queue) return;
    const { resolve, cancel } = queue.shift()!;
    cancel();
    this.#queues.delete(user);
    if (queue.length) this.#queues.set(user, queue);
    this.#waiting--;
    resolve(this.#take());
  }

  #left(user: string, queue: Waiting[]): void {
    this.#waiting--;
    if (!queue.length) this.#queues.delete(user);
  }
}
