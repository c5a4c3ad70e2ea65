import { tags, type YamlNode } from '../../../api/yaml/document';
import { applyFieldSpec, type FieldSpec } from '../field-spec/field-spec';
import { entrySetter } from '../node/fields';

/** Puts text before and behind what is at a place. */
export function addAffixes(object: YamlNode, { prefix = '', suffix = '' }: { prefix?: string; suffix?: string }, spec: FieldSpec): void {
  applyFieldSpec(object, spec, {
    set: (node) => entrySetter('', `${prefix}${node.value}${suffix}`)(node),
    create: { kind: 'scalar', tag: tags.str },
  });
}
