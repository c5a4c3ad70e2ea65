import type { Pod } from '../../../api/generated/core.v1';

const mirrorAnnotation = 'kubernetes.io/config.mirror';

/** What a mirror pod was made from; undefined: the pod is none. */
export function mirroredHash({ metadata }: Pod): string | undefined {
  const hash = metadata.annotations?.[mirrorAnnotation];
  return hash !== undefined && /^[0-9a-f]{32}$/.test(hash) ? hash : undefined;
}

/** Who the pod is to the runtime. A static pod stays the same when the API's object of it is made anew. */
export const runtimeUid = (pod: Pod): string => mirroredHash(pod) ?? pod.metadata.uid ?? '';
