import type { KubeObject } from '../../api/meta';

/* What a write through a subresource may change; the rest is taken from the stored object. */

type Loose = KubeObject & { spec?: Record<string, unknown>; status?: Record<string, unknown> };
type Merge = (written: KubeObject, stored: KubeObject) => KubeObject;

const main: Merge = (written, stored) => {
  const status = (stored as Loose).status;
  return status === undefined ? written : { ...written, status } as KubeObject;
};

const merges: Record<string, Merge> = {
  status: (written, stored) => ({ ...stored, metadata: { ...stored.metadata, ...written.metadata }, status: (written as Loose).status }) as KubeObject,
  finalize: (written, stored) => ({ ...stored, spec: { ...(stored as Loose).spec, finalizers: (written as Loose).spec?.finalizers } }) as KubeObject,
};

export function mergeWrite(subresource: string | undefined, written: KubeObject, stored: KubeObject): KubeObject {
  const merge = subresource === undefined ? main : merges[subresource];
  if (!merge) throw new Error(`the fake client does not know the subresource ${subresource}`);
  return merge(written, stored);
}

/** POST to pods/binding: the node is set once, and the pod says so. */
export function bind(pod: KubeObject, binding: KubeObject, now: string): KubeObject {
  const { target } = binding as KubeObject & { target: { name: string } };
  const status = ((pod as Loose).status ?? {}) as { conditions?: { type: string }[] };
  const others = (status.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  return {
    ...pod,
    spec: { ...(pod as Loose).spec, nodeName: target.name },
    status: { ...status, conditions: [...others, { type: 'PodScheduled', status: 'True', lastTransitionTime: now }] },
  } as KubeObject;
}
