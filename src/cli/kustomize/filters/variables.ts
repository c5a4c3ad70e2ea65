import { entries, isNull, isText, tags, type YamlNode } from '../../../api/yaml/document';
import { formatFloat } from '../../../api/go/format';
import { applyFieldSpec, type FieldSpec } from '../field-spec/field-spec';

/** What a variable may stand for. */
export type VarValue = string | number | boolean | Fractional;

/** A float, which may be whole. */
export class Fractional {
  constructor(readonly value: number) {}
}

/** Gives the value of a variable; undefined for what is none. */
export type VarLookup = (name: string) => VarValue | undefined;

/** Replaces `$(NAME)` at a place. Source: api/filters/refvar of kustomize. */
export function replaceVariables(object: YamlNode, spec: FieldSpec, lookup: VarLookup): void {
  applyFieldSpec(object, spec, { set: (node) => replaceIn(node, lookup) });
}

function replaceIn(node: YamlNode, lookup: VarLookup): void {
  if (isNull(node)) return;
  if (node.kind === 'scalar') {
    if (isText(node)) update(node, lookup);
  } else if (node.kind === 'mapping') {
    for (const [key, value] of entries(node)) {
      if (!isText(key)) throw new Error(`invalid map key: value='${key.value}', tag='${key.tag}'`);
      if (isText(value)) update(value, lookup);
    }
  } else {
    for (const item of node.content) {
      if (!isText(item)) throw new Error('invalid value type expect a string');
      update(item, lookup);
    }
  }
}

function update(node: YamlNode, lookup: VarLookup): void {
  const value = expand(node.value, lookup);
  Object.assign(node, { value: varText(value), tag: tagOf(value), style: 'plain', tagged: false });
}

function tagOf(value: VarValue): string {
  if (typeof value === 'string') return tags.str;
  return typeof value === 'boolean' ? tags.bool : value instanceof Fractional ? tags.float : tags.int;
}

const varText = (value: VarValue): string => (value instanceof Fractional ? String(value.value) : String(value));

/** `%v` in Go. */
const shown = (value: VarValue): string => (value instanceof Fractional ? formatFloat(value.value) : String(value));

/** A text that is nothing but a variable takes over its type. `$$` is a dollar. */
function expand(text: string, lookup: VarLookup): VarValue {
  const whole = /^\$\(([^)]*)\)/.exec(text);
  if (whole && whole[0] === text) return lookup(whole[1]!) ?? text;
  return text.replace(/\$(?:\$|\(([^)]*)\)|\(|(?=.))/gs, (found, name: string | undefined) => {
    if (name === undefined) return found === '$$' ? '$' : found;
    const value = lookup(name);
    return value === undefined ? found : shown(value);
  });
}
