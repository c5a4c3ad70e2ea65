import { field, type Write } from './writer';

/** How a kind of volume is described: its `Type:` and the fields below. */
export interface VolumeText<Source> {
  readonly type: string;
  fields(source: Source): readonly (readonly [label: string, value: string | number | boolean | undefined])[];
  /** What does not fit into fields. */
  more?(write: Write, source: Source): void;
}

/** Of a union of sources the one that is set. */
export function describeSource<Sources extends object>(
  write: Write, sources: Sources, texts: { readonly [Kind in keyof Sources]?: VolumeText<NonNullable<Sources[Kind]>> },
): void {
  const kind = (Object.keys(texts) as (keyof Sources)[]).find((name) => sources[name]);
  if (kind === undefined) return write(1, '<unknown>\n');
  const text = texts[kind] as VolumeText<unknown>;
  field(write, 'Type', text.type, 2);
  for (const [label, value] of text.fields(sources[kind])) field(write, label, value, 2);
  text.more?.(write, sources[kind]);
}
