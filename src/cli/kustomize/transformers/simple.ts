import { contentHash } from '../generators/hash';
import { addEntries } from '../filters/entries';
import { setImages, type Image } from '../filters/images';
import { setNamespace, type NamespaceOptions } from '../filters/namespace';
import { setReplicas } from '../filters/replicas';
import { applyReplacements, type Replacement } from '../filters/replacement';
import { addValue } from '../filters/value-add';
import { selectResources, type Selector } from '../filters/selector';
import type { FieldSpec } from '../field-spec/field-spec';
import { gvkText, isSelectedBy } from '../ids/gvk';
import { equalIds } from '../ids/res-id';
import { objectJson } from '../resource/text';
import type { Transform } from './transformer';

/** Adds labels or annotations. */
export function entriesTransform(entries: Readonly<Record<string, string>> | undefined, specs: readonly FieldSpec[]): Transform {
  return ({ list }) => {
    for (const { object } of entries ? list : []) addEntries(object, entries!, specs);
  };
}

/** Puts everything into a namespace; what then has the same id as another is refused. */
export function namespaceTransform(options: Omit<NamespaceOptions, 'clusterScoped'>): Transform {
  return (resources) => {
    if (!options.namespace) return;
    for (const resource of resources.list) {
      if (resource.isEmpty) continue;
      resource.storeId();
      setNamespace(resource.object, { ...options, clusterScoped: resource.id.clusterScoped === true });
      const { id } = resource;
      const matches = resources.matchingNow((other) => equalIds(id, other));
      if (matches.length === 1) continue;
      throw new Error(`namespace transformation produces ID conflict: [${matches.map(({ object }) => objectJson(object)).join(' ')}]`);
    }
  };
}

/** Sets the replicas of what has or had a name. */
export function replicasTransform(name: string, count: number, specs: readonly FieldSpec[]): Transform {
  return (resources) => {
    let found = false;
    for (const spec of specs) {
      for (const { object } of resources.matchingEver((id) => id.name === name && isSelectedBy(id, spec))) {
        found = true;
        setReplicas(object, count, spec);
      }
    }
    if (!found) throw new Error(`resource with name ${name} does not match a config with the following GVK [${specs.map(gvkText).join(' ')}]`);
  };
}

export function imagesTransform(image: Image, specs: readonly FieldSpec[]): Transform {
  return ({ list }) => {
    for (const { object } of list) setImages(object, image, specs);
  };
}

export const replacementsTransform = (replacements: readonly Replacement[]): Transform => ({ list }) => applyReplacements(list, replacements);

export interface ValueTarget {
  selector?: Selector;
  fieldPath: string;
  filePathPosition: number;
}

/** Puts one value into fields. */
export function valueTransform(value: string, targets: readonly ValueTarget[]): Transform {
  return ({ list }) => {
    for (const { selector, fieldPath, filePathPosition } of targets) {
      for (const resource of selector ? selectResources(list, selector) : list) {
        if (fieldPath !== 'metadata/namespace') addValue(resource.object, value, fieldPath, filePathPosition);
        else setNamespace(resource.object, { namespace: value, specs: [], unsetOnly: false, subjects: 'defaultOnly', clusterScoped: resource.id.clusterScoped === true });
      }
    }
  };
}

/** Adds the hash of their content to the names of generated resources. */
export const hashTransform: Transform = ({ list }) => {
  for (const resource of list) {
    if (!resource.isEnabled('needsHash')) continue;
    const hash = contentHash(resource);
    resource.storeId();
    resource.name = `${resource.name}-${hash}`;
  }
};
