import { isNull, tags, type NodeKind, type YamlNode } from '../../../api/yaml/document';
import { withPrefix } from '../errors';
import { gvkText, isSelectedBy, splitApiVersion, type Gvk } from '../ids/gvk';
import { resIdText } from '../ids/res-id';
import { lookup } from '../node/lookup';
import { splitPath } from '../node/path';
import { metaText, topText } from '../resource/meta';

/** A place in objects of some kinds: `spec/template/metadata/labels`. */
export interface FieldSpec extends Gvk {
  path: string;
  /** Make what is missing on the way. */
  create: boolean;
}

export const fieldSpecText = (spec: FieldSpec): string => `${gvkText(spec)}:${spec.create}:${spec.path}`;

/** Adds a place, unless there is one that covers it. Throws when the two do not agree on creation. */
export function mergeFieldSpec(specs: readonly FieldSpec[], added: FieldSpec): FieldSpec[] {
  const known = specs.find((spec) => spec.path === added.path && isSelectedBy(spec, added));
  if (known && known.create !== added.create) throw new Error('conflicting fieldspecs');
  return known ? [...specs] : [...specs, added];
}

export const mergeFieldSpecs = (specs: readonly FieldSpec[], added: readonly FieldSpec[]): FieldSpec[] =>
  added.reduce<FieldSpec[]>(mergeFieldSpec, [...specs]);

/** What is done at a place. */
interface Visit {
  set: (node: YamlNode) => void;
  /** What the last part of the path becomes where it is missing or null. */
  create?: { kind: NodeKind; tag: string };
}

const gvkOf = (object: YamlNode): Gvk => ({ ...splitApiVersion(topText(object, 'apiVersion')), kind: topText(object, 'kind') });

/** Sets the nodes at a place, all items of lists on the way. Throws what `set` throws, and for what is neither list nor map. */
export function applyFieldSpec(object: YamlNode, spec: FieldSpec, visit: Visit): void {
  const gvk = gvkOf(object);
  if (!isSelectedBy(gvk, spec)) return;
  const id = { ...gvk, name: metaText(object, 'name'), namespace: metaText(object, 'namespace') };
  withPrefix(`considering field '${spec.path}' of object ${resIdText(id)}`, () => descend(object, splitPath(spec.path, '/'), spec, visit));
}

export function applyFieldSpecs(object: YamlNode, specs: readonly FieldSpec[], visit: Visit): void {
  for (const spec of specs) applyFieldSpec(object, spec, visit);
}

function descend(node: YamlNode, path: readonly string[], spec: FieldSpec, visit: Visit): void {
  if (path.length === 0) return visit.set(node);
  if (isNull(node)) return;
  if (node.kind === 'scalar') throw new Error('expected sequence or mapping node');
  if (node.kind === 'mapping') return enter(node, path, spec, visit);
  withPrefix(`visit traversal on path: [${path.join(' ')}]`, () => {
    for (const item of node.content) descend(item, path, spec, visit);
  });
}

function enter(map: YamlNode, [part, ...rest]: readonly string[], spec: FieldSpec, visit: Visit): void {
  const name = part!.replace(/\[\]$/, '');
  if (name === '') throw new Error('cannot set or create an empty field name');
  const made = creation(part!, rest.length === 0, spec, visit);
  const node = withPrefix(`fieldName: ${name}`, () => lookup(map, [name], made?.creates ? made.kind : undefined));
  if (!node) return;
  if (made && node.tag === tags.null) Object.assign(node, { kind: made.kind, tag: made.tag });
  descend(node, rest, spec, visit);
}

/** What a part of the path becomes where it is missing, if it may be made (`creates`), or null. */
function creation(part: string, isLast: boolean, spec: FieldSpec, { create }: Visit): { kind: NodeKind; tag: string; creates: boolean } | undefined {
  if (part.endsWith('[]')) return { kind: 'sequence', tag: tags.none, creates: false };
  if (!spec.create || !create) return undefined;
  return isLast ? { ...create, creates: true } : { kind: 'mapping', tag: tags.map, creates: true };
}
