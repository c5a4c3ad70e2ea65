import type { Pod } from '../../../api/generated/core.v1';
import { imageName } from '../node-images';
import type { Score } from '../plugins';

const mebibyte = 2 ** 20;
/** Less is as good as nothing. */
const leastBytes = 23 * mebibyte;
/** Of each container; more is no better. */
const mostBytes = 1000 * mebibyte;

const imagesOf = ({ spec }: Pod) => [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(({ image }) => imageName(image ?? ''));

/**
 * The more of the pod's images a node has, the better. An image counts with its size, and in proportion to how many
 * nodes have it, so that pods do not all go to the one that had it first. After pkg/scheduler/framework/plugins/imagelocality.
 */
export const imageLocality: Score = {
  weight: 1,
  scale: 'none',
  of: ({ pod }, cluster) => {
    const images = imagesOf(pod);
    const nodeCount = cluster.candidates().length;
    const had = images.map((image) => ({ image, share: cluster.images.holders(image) / nodeCount })).filter(({ share }) => share > 0);
    if (had.length === 0) return undefined;
    const most = mostBytes * images.length;
    return ({ images: here }) => {
      const bytes = had.reduce((sum, { image, share }) => sum + Math.floor((here.get(image) ?? 0) * share), 0);
      return Math.floor((100 * (Math.min(Math.max(bytes, leastBytes), most) - leastBytes)) / (most - leastBytes));
    };
  },
};
