import type { Clock } from '../../../../api/clock';

/** A limit that is moved at each request and often later, for which the timer is left as it is. */
export class Deadline {
  private atMs = Infinity;
  private firesMs = Infinity;
  private cancel: () => void = () => undefined;

  constructor(private readonly clock: Clock, private readonly passed: () => void) {}

  set(inMs: number): void {
    this.atMs = this.clock.now() + inMs;
    if (this.atMs < this.firesMs) this.arm();
  }

  clear(): void {
    this.atMs = this.firesMs = Infinity;
    this.cancel();
  }

  private arm(): void {
    this.cancel();
    this.firesMs = this.atMs;
    this.cancel = this.clock.schedule(this.atMs - this.clock.now(), () => {
      this.firesMs = Infinity;
      if (this.clock.now() < this.atMs) this.arm();
      else this.passed();
    });
  }
}
