import { tags, type YamlNode } from '../../../api/yaml/document';
import { applyFieldSpec, type FieldSpec } from '../field-spec/field-spec';
import { entrySetter } from '../node/fields';

export function setReplicas(object: YamlNode, count: number, spec: FieldSpec): void {
  applyFieldSpec(object, spec, { set: (node) => entrySetter('', String(count), tags.int)(node), create: { kind: 'scalar', tag: tags.int } });
}
