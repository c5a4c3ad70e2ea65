import { tags, type YamlNode } from '../../../api/yaml/document';
import { applyFieldSpecs, type FieldSpec } from '../field-spec/field-spec';
import { entrySetter } from '../node/fields';

/** Adds labels or annotations at places. */
export function addEntries(object: YamlNode, entries: Readonly<Record<string, string>>, specs: readonly FieldSpec[]): void {
  for (const key of Object.keys(entries).sort()) {
    applyFieldSpecs(object, specs, { set: entrySetter(key, entries[key]!, tags.str), create: { kind: 'mapping', tag: tags.map } });
  }
}
