import { translateTimestampSince } from '../../../../api/duration';
import type { Scale } from '../../../../api/generated/autoscaling.v1';
import { parentManagers, scaleManagers } from '../../../../api/managed-fields';
import { groupVersion, type KubeObject, type Unstructured } from '../../../../api/meta';
import type { Column, Kind } from '../../../../kinds/kind';
import { admitWhole } from '../admit';
import { cloneObject } from '../clone';
import type { WriteContext } from '../context';
import { patched, type Patch } from '../patch';
import { readEntry } from '../read';
import { scopeOf, track } from '../tracking';
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

const type = { group: 'autoscaling', version: 'v1', kind: 'Scale', schema: scaleSchema, columns, coerce: () => [] };

const scaled = (kind: Kind, object: Unstructured): Answer => ({ object: scaleOf(object, kind.scale) as unknown as Unstructured });

const scaleKinds = new WeakMap<Kind, Kind>();

/** The Scale as a kind of its own, of the subresource of another. */
function scaleKind(kind: Kind): Kind {
  let scales = scaleKinds.get(kind);
  if (!scales) scaleKinds.set(kind, (scales = { ...kind, ...type, plural: `${kind.plural}/scale`, subresources: [], strategy: {} }));
  return scales;
}

/** Where the object has its replicas. */
const replicasPath = ({ scale }: Kind) => scale?.specReplicasPath.split('.').slice(1);

type Change = (scale: Unstructured, kind: Kind) => Unstructured;

/** `isTracked`: the change writes down who manages the replicas. */
async function write({ registry, kind, namespace, name }: Target, change: Change, attempts: number, context: WriteContext, isTracked = false): Promise<Answer> {
  const scales = scaleKind(kind);
  const { entry } = await updateEntry(registry, kind, namespace, name, async (current) => {
    const live = scaleOf(current!, kind.scale) as unknown as Unstructured;
    const { managedFields } = current!.metadata;
    if (managedFields) live.metadata.managedFields = scaleManagers(managedFields, replicasPath(kind));
    const scale = change(live, scales);
    if (!isTracked) track(registry, scales, scale, live, 'scale', context);
    await admitWhole(registry, { operation: 'UPDATE', kind, subresource: 'scale', type, name, object: scale, old: live, context, ...(namespace && { namespace }) });
    return withParentManagers(kind, current!, scale);
  }, { part: 'main', subresource: 'scale', attempts, isTracked: true, isAdmitted: true }, context);
  return scaled(kind, entry.object);
}

function withParentManagers(kind: Kind, current: Unstructured, scale: Unstructured): Unstructured {
  const object = cloneObject(withScale(kind, current, scale));
  const managers = parentManagers(current.metadata.managedFields, scale.metadata.managedFields, groupVersion(kind), replicasPath(kind));
  if (managers.length) object.metadata.managedFields = managers;
  else delete object.metadata.managedFields;
  return object;
}

export const scaleHandler: SubresourceHandler = {
  type,
  get: async ({ registry, kind, namespace, name }) => scaled(kind, (await readEntry(registry, kind, namespace, name)).object),
  update: (target, object, context) => write(target, () => object, object.metadata.resourceVersion ? 1 : manyAttempts, context),
  patch: (target, patch: Patch, context) =>
    write(target, (scale, kind) => {
      const { registry } = target;
      return patched(kind, scale, patch, { scope: scopeOf(registry, kind, 'scale'), nowMs: registry.clock.now(), force: patch.force === true }, context);
    }, manyAttempts, context, patch.type === 'apply'),
};
