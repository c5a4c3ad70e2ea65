import { controllerOf, groupVersion, type KubeObject, type LabelSelector, type OwnerReference } from '../api/meta';
import { labelSelectorMatcher } from '../api/selectors';
import { update, type Action } from './actions';
import type { Index, Observed, Watch } from './reconciler';
import { watch } from './reconciler';
import type { ResourceRef } from './resources';

/** The reference that makes `owner` the managing controller. */
export function controllerRef(resource: ResourceRef, owner: KubeObject): OwnerReference {
  const { name, uid } = owner.metadata;
  return { apiVersion: groupVersion(resource), kind: resource.kind, name, uid: uid ?? '', controller: true, blockOwnerDeletion: true };
}

/** Objects by the uid of the controller that manages them. */
export const byController: Index = {
  name: 'controller',
  values: (object) => {
    const owner = controllerOf(object);
    return owner ? [owner.uid] : [];
  },
};

/** Objects that no controller manages, by namespace: those that may be adopted. */
const unmanaged: Index = {
  name: 'unmanaged',
  values: (object) => (controllerOf(object) ? [] : [object.metadata.namespace ?? '']),
};

export const controlledBy = <T extends KubeObject>(observed: Observed, resource: ResourceRef<T>, owner: KubeObject): readonly T[] =>
  observed.find(resource, byController as Index<T>, owner.metadata.uid ?? '');

export interface Claim<T extends KubeObject> {
  /** What the owner manages from now on. */
  readonly owned: readonly T[];
  readonly actions: readonly Action[];
}

/**
 * Adopts what the selector matches and nobody manages, lets go what it does not match any more. An owner that is
 * being deleted adopts nothing; objects that are not eligible are left as they are. After k8s.io/kubernetes/pkg/controller.BaseControllerRefManager.
 */
export function claim<T extends KubeObject>(
  observed: Observed, of: ResourceRef<T>, owner: KubeObject, ownerResource: ResourceRef, selector: LabelSelector | undefined,
  eligible: (object: T) => boolean = () => true,
): Claim<T> {
  const matches = labelSelectorMatcher(selector);
  const mine = controlledBy(observed, of, owner).filter(eligible);
  const kept = mine.filter((object) => matches(object.metadata.labels));
  const lost = mine.filter((object) => !matches(object.metadata.labels) && !object.metadata.deletionTimestamp);
  const adopted = owner.metadata.deletionTimestamp ? [] : adoptable(observed, of, owner, matches).filter(eligible);
  const reference = controllerRef(ownerResource, owner);
  return {
    owned: [...kept, ...adopted],
    actions: [
      ...adopted.map((object) => update(of, withOwners(object, [...(object.metadata.ownerReferences ?? []), reference]))),
      ...lost.map((object) => update(of, withOwners(object, (object.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== reference.uid)))),
    ],
  };
}

function adoptable<T extends KubeObject>(
  observed: Observed, of: ResourceRef<T>, owner: KubeObject, matches: (labels?: Record<string, string>) => boolean,
): T[] {
  return observed.find(of, unmanaged as Index<T>, owner.metadata.namespace ?? '')
    .filter((object) => !object.metadata.deletionTimestamp && matches(object.metadata.labels));
}

const withOwners = <T extends KubeObject>(object: T, ownerReferences: OwnerReference[]): T =>
  ({ ...object, metadata: { ...object.metadata, ownerReferences } });

/** Wakes the managing controller of an object, or, when it has none, all whose selector matches it. */
export function watchOwned<T extends KubeObject, O extends KubeObject>(
  of: ResourceRef<T>, owners: ResourceRef<O>, selectorOf: (owner: O) => LabelSelector | undefined,
): Watch {
  return watch<T>({
    resource: of,
    keys: (object, observed) => {
      const namespace = object.metadata.namespace;
      const owner = controllerOf(object);
      if (owner) return owner.kind === owners.kind ? [`${namespace}/${owner.name}`] : [];
      return observed.list(owners, namespace)
        .filter((candidate) => labelSelectorMatcher(selectorOf(candidate))(object.metadata.labels))
        .map((candidate) => `${namespace}/${candidate.metadata.name}`);
    },
  });
}
