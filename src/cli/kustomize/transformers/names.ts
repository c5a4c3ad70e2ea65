import { addAffixes } from '../filters/affix';
import type { FieldSpec } from '../field-spec/field-spec';
import { isSelectedBy, noGvk } from '../ids/gvk';
import type { Transform } from './transformer';

/** Kinds whose names mean something else. */
const skipped = [
  { ...noGvk, kind: 'CustomResourceDefinition' }, { ...noGvk, group: 'apiregistration.k8s.io', kind: 'APIService' }, { ...noGvk, kind: 'Namespace' },
];

/** Adds a prefix or suffix to names, and notes it. Sources: PrefixTransformer, SuffixTransformer of kustomize. */
export function affixTransform(position: 'prefix' | 'suffix', text: string, specs: readonly FieldSpec[]): Transform {
  return ({ list }) => {
    for (const resource of list) {
      const id = resource.originalId;
      if (skipped.some((gvk) => isSelectedBy(id, gvk))) continue;
      for (const spec of specs) {
        if (!isSelectedBy(id, spec)) continue;
        if (spec.path === 'metadata/name') {
          resource.note(position === 'prefix' ? 'prefixes' : 'suffixes', text);
          if (text) resource.storeId();
        }
        addAffixes(resource.object, { [position]: text }, spec);
      }
    }
  };
}
