import type { Container, Pod } from '../../../api/generated/core.v1';
import { addQuantity, formatQuantity, parseQuantity, quantityValue } from '../../../api/quantity';

const resource = 'ephemeral-storage';

/** What a pod has on disk, in bytes; by the names of its containers and volumes. */
export interface DiskUse {
  readonly containers: Readonly<Record<string, number>>;
  readonly volumes: Readonly<Record<string, number>>;
}

const bytes = (quantity: string) => quantityValue(parseQuantity(quantity));
const sum = (amounts: Readonly<Record<string, number>>) => Object.values(amounts).reduce((total, amount) => total + amount, 0);
const limitOf = ({ resources }: Container) => resources?.limits?.[resource];
const isOnDisk = (medium: string | undefined) => !medium;

/** Empty directories that lie on the disk of the node. */
export const diskVolumes = ({ spec }: Pod): string[] => (spec.volumes ?? []).flatMap(({ name, emptyDir }) => (emptyDir && isOnDisk(emptyDir.medium) ? [name] : []));

export function isDiskLimited({ spec }: Pod): boolean {
  return spec.containers.some(limitOf) || (spec.volumes ?? []).some(({ emptyDir }) => emptyDir?.sizeLimit && isOnDisk(emptyDir.medium));
}

/** Why the pod has to leave: the first limit that it has passed. After localStorageEviction of pkg/kubelet/eviction. */
export function overDiskLimit(pod: Pod, use: DiskUse): string | undefined {
  return overVolumeLimit(pod, use) ?? overPodLimit(pod, use) ?? overContainerLimit(pod, use);
}

function overVolumeLimit({ spec }: Pod, { volumes }: DiskUse): string | undefined {
  const over = spec.volumes?.find(({ name, emptyDir }) => emptyDir?.sizeLimit && bytes(emptyDir.sizeLimit) > 0 && (volumes[name] ?? 0) > bytes(emptyDir.sizeLimit));
  return over && `Usage of EmptyDir volume "${over.name}" exceeds the limit "${over.emptyDir!.sizeLimit}". `;
}

function overPodLimit({ spec }: Pod, { containers, volumes }: DiskUse): string | undefined {
  const limits = spec.containers.flatMap((container) => limitOf(container) ?? []).map(parseQuantity);
  if (limits.length === 0) return undefined;
  const limit = limits.reduce(addQuantity);
  return sum(containers) + sum(volumes) > quantityValue(limit) ? `Pod ephemeral local storage usage exceeds the total limit of containers ${formatQuantity(limit)}. ` : undefined;
}

function overContainerLimit({ spec }: Pod, { containers }: DiskUse): string | undefined {
  const over = spec.containers.find((container) => limitOf(container) !== undefined && (containers[container.name] ?? 0) > bytes(limitOf(container)!));
  return over && `Container ${over.name} exceeded its local ephemeral storage limit "${limitOf(over)!}". `;
}
