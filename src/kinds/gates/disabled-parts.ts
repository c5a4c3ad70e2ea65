import type { FieldPath } from './disabled-fields';

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

interface ClaimSpec extends Holder {
  dataSourceRef?: { namespace?: string };
}

/** ImageVolume is none of them: 1.33 leaves it to the cluster, and this one mounts images. */
export const disabledParts: readonly DisabledPart[] = [
  {
    name: 'CrossNamespaceVolumeDataSource', at: { '/persistentvolumeclaims': 'spec' },
    isUsed: ({ dataSourceRef }: ClaimSpec) => Boolean(dataSourceRef?.namespace),
    keeps: ({ dataSourceRef }: ClaimSpec) => dataSourceRef !== undefined,
    drop: (spec: ClaimSpec) => void delete spec.dataSourceRef,
  },
];
