import type { Clock } from '../../../api/clock';
import type { KubeObject } from '../../../api/meta';
import type { Recorder } from '../../../client/record';

/** An object and its backend are often made in one go, in any order, and pods take a while: only what stays wrong is told. */
const patienceMs = { lasting: 2000, passing: 30_000 };

export interface Complaint {
  readonly about: KubeObject;
  readonly reason: string;
  readonly message: string;
  /** It may go away by itself. */
  readonly passing?: boolean;
}

/** Tells as Warning events what is wrong, once for each as long as it lasts. */
export class Complaints {
  private readonly since = new Map<string, { atMs: number; told: boolean }>();
  private cancel = () => {};

  /** `again`: asks for the complaints of then. */
  constructor(private readonly recorder: Recorder, private readonly clock: Clock, private readonly again: () => void) {}

  update(complaints: readonly Complaint[]): void {
    const keys = new Set(complaints.map(keyOf));
    for (const key of this.since.keys()) if (!keys.has(key)) this.since.delete(key);
    const now = this.clock.now();
    let waitMs = Infinity;
    for (const complaint of complaints) {
      const known = this.since.get(keyOf(complaint)) ?? { atMs: now, told: false };
      this.since.set(keyOf(complaint), known);
      if (known.told) continue;
      const leftMs = known.atMs + patienceMs[complaint.passing ? 'passing' : 'lasting'] - now;
      if (leftMs > 0) waitMs = Math.min(waitMs, leftMs);
      else {
        known.told = true;
        this.tell(complaint);
      }
    }
    this.cancel();
    if (waitMs < Infinity) this.cancel = this.clock.schedule(waitMs, this.again);
  }

  stop(): void {
    this.cancel();
  }

  private tell({ about, reason, message }: Complaint): void {
    const { apiVersion, kind, metadata: { name, namespace, uid, resourceVersion } } = about;
    this.recorder.record({
      about: { apiVersion, kind, name, ...(namespace && { namespace }), ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) },
      severity: 'Warning', reason, message,
    });
  }
}

const keyOf = ({ about, reason, message }: Complaint): string => [about.kind, about.metadata.uid ?? `${about.metadata.namespace}/${about.metadata.name}`, reason, message].join('\0');
