import { podSpecs, type FieldPath } from './disabled-fields';

type Holder = Record<string, unknown>;

/** What a feature that 1.33 has switched off takes away that is more, or less, than a field. */
export interface DisabledPart {
  /** Kubernetes' feature gate. */
  readonly name: string;
  /** By `group/plural`: where `isUsed`, `keeps` and `drop` find what they look at. */
  readonly at: Readonly<Record<string, FieldPath>>;
  /** Whether the feature is used by what is written. */
  isUsed(holder: Holder): boolean;
  /** Whether it may be, since it was before. */
  keeps(old: Holder): boolean;
  /** In place. */
  drop(holder: Holder): void;
}

interface PodSpec extends Holder {
  volumes?: { name: string; image?: unknown }[];
}

interface Mounting {
  volumeMounts?: { name: string }[];
}

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];
const hasImages = ({ volumes }: PodSpec) => volumes?.some(({ image }) => image !== undefined) ?? false;

/** The volumes themselves go, and where they are mounted. Source: dropImageVolumes in pkg/api/pod. */
function dropImageVolumes(spec: PodSpec): void {
  const gone = new Set(spec.volumes!.filter(({ image }) => image !== undefined).map(({ name }) => name));
  keepIn(spec, 'volumes', ({ name }) => !gone.has(name));
  for (const list of containerLists) {
    for (const container of (spec[list] as Mounting[] | undefined) ?? []) keepIn(container, 'volumeMounts', ({ name }) => !gone.has(name));
  }
}

/** Of a list of named items; one that becomes empty goes. */
function keepIn<K extends string>(of: { [key in K]?: { name: string }[] }, key: K, keeps: (item: { name: string }) => boolean): void {
  const left = of[key]?.filter(keeps);
  if (left?.length) of[key] = left;
  else delete of[key];
}

interface ClaimSpec extends Holder {
  dataSourceRef?: { namespace?: string };
}

export const disabledParts: readonly DisabledPart[] = [
  { name: 'ImageVolume', at: podSpecs, isUsed: hasImages, keeps: hasImages, drop: dropImageVolumes },
  {
    name: 'CrossNamespaceVolumeDataSource', at: { '/persistentvolumeclaims': 'spec' },
    isUsed: ({ dataSourceRef }: ClaimSpec) => Boolean(dataSourceRef?.namespace),
    keeps: ({ dataSourceRef }: ClaimSpec) => dataSourceRef !== undefined,
    drop: (spec: ClaimSpec) => void delete spec.dataSourceRef,
  },
];
