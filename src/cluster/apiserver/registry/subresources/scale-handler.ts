import { translateTimestampSince } from '../../../../api/duration';
import type { Scale } from '../../../../api/generated/autoscaling.v1';
import type { KubeObject, Unstructured } from '../../../../api/meta';
import type { Column } from '../../../../kinds/kind';
import { cloneJson } from '../clone';
import type { WriteContext } from '../context';
import { getEntry } from '../get';
import { patched, type Patch } from '../patch';
import { manyAttempts, updateEntry } from '../update';
import { scaleOf, scaleSchema, withScale } from './scale';
import type { Answer, SubresourceHandler, Target } from './subresource';

const asScale = (object: KubeObject) => object as unknown as Scale;

/** Source: printScale in k8s.io/kubernetes/pkg/printers/internalversion. */
const columns: readonly Column[] = [
  { name: 'Desired', type: 'integer', value: (object) => asScale(object).spec?.replicas ?? 0 },
  { name: 'Available', type: 'integer', value: (object) => asScale(object).status?.replicas ?? 0 },
  { name: 'Age', value: ({ metadata }, { nowMs }) => translateTimestampSince(metadata.creationTimestamp, nowMs) },
];

const type = { group: 'autoscaling', version: 'v1', kind: 'Scale', schema: scaleSchema, columns };

const scaled = (object: Unstructured): Answer => ({ object: scaleOf(object) as unknown as Unstructured });

async function write({ registry, kind, namespace, name }: Target, change: (scale: Unstructured) => Unstructured, attempts: number, context: WriteContext): Promise<Answer> {
  const { entry } = await updateEntry(registry, kind, namespace, name, (current) => {
    const scale = change(scaleOf(current!) as unknown as Unstructured);
    return cloneJson(withScale(kind, current!, scale));
  }, { part: 'main', subresource: 'scale', attempts }, context);
  return scaled(entry.object);
}

export const scaleHandler: SubresourceHandler = {
  type,
  get: ({ registry, kind, namespace, name }) => scaled(getEntry(registry, kind, namespace, name).object),
  update: (target, object, context) => write(target, () => object, object.metadata.resourceVersion ? 1 : manyAttempts, context),
  patch: (target, patch: Patch, context) =>
    write(target, (scale) => patched({ ...target.kind, ...type, strategy: {} }, scale, patch, context), manyAttempts, context),
};
