import type { Loader } from '../loader/loader';
import type { Origin } from '../resource/origin';
import type { ResMap } from '../resource/res-map';
import type { Schemas } from '../schema';

/** Changes resources. Throws what does not fit them. */
export type Transform = (resources: ResMap) => void;

export interface Transformer {
  transform: Transform;
  /** What configured it, if that is to be noted. */
  origin?: Origin | undefined;
}

/** What the making of a transformer may need. */
export interface Means {
  loader: Loader;
  schemas: Schemas;
}

/** All one after the other. */
export function transformAll(transformers: readonly Transformer[], resources: ResMap): void {
  for (const { transform, origin } of transformers) {
    transform(resources);
    if (origin) resources.noteTransformation(origin);
    resources.dropEmpty();
  }
}
