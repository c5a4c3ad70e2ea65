import type { Write } from './writer';

/** How a kind of volume is described: its `Type:` and the fields below. */
export interface VolumeText<Source> {
  readonly type: string;
  fields(source: Source): readonly (readonly [label: string, value: string | number | boolean | undefined])[];
  /** What does not fit into fields. */
  more?(write: Write, source: Source): void;
}
