import type { ContainerSample } from '../node-agent';

/** Of one container over a window that ended when it was last counted. */
export interface Usage {
  readonly sample: ContainerSample;
  readonly cpuNanocores: number;
  readonly memoryBytes: number;
  readonly windowMs: number;
}

/** The window is at least this long, once a container is that old. */
const windowMinMs = 10_000;
/** Two readings closer than this tell nothing. */
const readingsApartMs = 1000;
/** A container this young has used nothing but since its start; that of an older one nobody knows at first sight. */
const freshMs = 60_000;

interface Point {
  readonly timeMs: number;
  readonly cpuNanoseconds: number;
}

interface Track {
  sample: ContainerSample;
  /** Oldest first; the first one is where the window begins. */
  points: Point[];
}

const keyOf = ({ podUid, container }: ContainerSample) => `${podUid}/${container}`;

/** Readings of all containers that run. After k8s metrics-server's storage, whose windows are those of its scrapes. */
export class UsageHistory {
  private tracks = new Map<string, Track>();

  /** Takes a reading of all; containers that are not in it are forgotten. */
  add(samples: readonly ContainerSample[]): void {
    this.tracks = new Map(samples.map((sample) => [keyOf(sample), continued(this.tracks.get(keyOf(sample)), sample)]));
  }

  /** What can be told now. */
  usages(): Usage[] {
    return [...this.tracks.values()].flatMap(({ sample, points }) => {
      const [first] = points;
      const windowMs = sample.timeMs - first!.timeMs;
      if (windowMs < readingsApartMs) return [];
      const cpuNanocores = Math.round(((sample.cpuNanoseconds - first!.cpuNanoseconds) * 1000) / windowMs);
      return [{ sample, cpuNanocores, memoryBytes: sample.memoryWorkingSetBytes, windowMs }];
    });
  }

  /** Whether there is a container of which one more reading, a little later, would tell more. */
  get isBlind(): boolean {
    return [...this.tracks.values()].some(({ sample, points }) => sample.timeMs - points[0]!.timeMs < readingsApartMs);
  }
}

function continued(track: Track | undefined, sample: ContainerSample): Track {
  const isSame = track?.sample.startedAtMs === sample.startedAtMs && sample.cpuNanoseconds >= track.sample.cpuNanoseconds;
  const points = isSame ? track.points : firstPoints(sample);
  const all = points.at(-1)!.timeMs < sample.timeMs ? [...points, sample] : points;
  return { sample, points: all.slice(windowStart(all, sample.timeMs - windowMinMs)) };
}

const firstPoints = (sample: ContainerSample): Point[] =>
  (sample.timeMs - sample.startedAtMs <= freshMs ? [{ timeMs: sample.startedAtMs, cpuNanoseconds: 0 }] : [sample]);

/** The newest point that is old enough, else the oldest. */
const windowStart = (points: readonly Point[], beforeMs: number) => Math.max(0, points.findLastIndex(({ timeMs }) => timeMs <= beforeMs));
