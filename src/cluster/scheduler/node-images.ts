import type { Node } from '../../api/generated/core.v1';

/** Bytes by name. */
export type Images = ReadonlyMap<string, number>;

export const noImages: Images = new Map();

/** An image by the name that nodes list it under: with a tag or a digest. */
export const imageName = (name: string): string => (name.lastIndexOf(':') > name.lastIndexOf('/') ? name : `${name}:latest`);

export const imagesOn = (node: Node | undefined): Images =>
  new Map((node?.status?.images ?? []).flatMap(({ names = [], sizeBytes = 0 }) => names.map((name) => [imageName(name), sizeBytes] as const)));

/** How many nodes have an image. */
export class ImageHolders {
  private readonly counts = new Map<string, number>();

  holders(image: string): number {
    return this.counts.get(image) ?? 0;
  }

  /** Of one node. */
  changed(before: Images, after: Images): void {
    for (const name of before.keys()) this.count(name, -1);
    for (const name of after.keys()) this.count(name, 1);
  }

  private count(name: string, change: number): void {
    const count = this.holders(name) + change;
    if (count > 0) this.counts.set(name, count);
    else this.counts.delete(name);
  }
}
