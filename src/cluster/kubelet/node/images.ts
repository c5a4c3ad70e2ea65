import type { ContainerImage } from '../../../api/generated/core.v1';
import type { ListedImage } from '../../../runtime/port';

// The limits of pkg/kubelet/nodestatus and of --node-status-max-images.
const imagesMax = 50;
const namesMax = 5;

/** What a node says of the images that it has: the largest, each by a few of its names. */
export function nodeImages(images: readonly ListedImage[]): ContainerImage[] {
  const told = images.map(({ repoDigests, repoTags, sizeBytes }) => ({ names: [...repoDigests, ...repoTags].slice(0, namesMax), sizeBytes }));
  return told.sort((a, b) => b.sizeBytes - a.sizeBytes || a.names.join().localeCompare(b.names.join())).slice(0, imagesMax);
}
