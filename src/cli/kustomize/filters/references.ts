import { isNull, scalarNode, type YamlNode } from '../../../api/yaml/document';
import { withPrefix } from '../errors';
import { applyFieldSpec, type FieldSpec } from '../field-spec/field-spec';
import { isSelectedBy, type Gvk } from '../ids/gvk';
import { effectiveNamespace, isInSameNamespace, resIdText } from '../ids/res-id';
import { field, member, setField, setScalar } from '../node/fields';
import type { Resource } from '../resource/resource';
import type { ResMap } from '../resource/res-map';
import { objectYaml } from '../resource/text';

export interface Reference {
  /** The resource that names another. */
  referrer: Resource;
  /** Where it does. */
  spec: FieldSpec;
  /** What the other is. */
  target: Gvk;
  /** Who may be meant. */
  candidates: ResMap;
}

/** Gives a reference the name that its target has now. Throws when it may mean several. Source: api/filters/nameref of kustomize. */
export function updateReference(reference: Reference): void {
  const { referrer, spec } = reference;
  withPrefix(`updating name reference in '${spec.path}' field of '${resIdText(referrer.id)}'`, () =>
    applyFieldSpec(referrer.object, { ...spec, ...referrer.gvk }, { set: (node) => setName(node, reference) }));
}

function setName(node: YamlNode, reference: Reference): void {
  if (isNull(node)) return;
  if (node.kind === 'scalar') setInScalar(node, reference);
  else if (node.kind === 'mapping') setInMapping(node, reference);
  else for (const item of node.content) setInItem(item, reference);
}

function setInItem(item: YamlNode, reference: Reference): void {
  if (isNull(item)) return;
  if (item.kind === 'sequence') throw new Error('a list is expected to be either a string or a map of string');
  setName(item, reference);
}

function setInScalar(node: YamlNode, reference: Reference): void {
  const target = select(node.value, reference.candidates.list, reference, sameName);
  if (!target) return;
  target.note('refBy', resIdText(reference.referrer.id));
  if (target.name !== node.value) setScalar(node, scalarNode(target.name));
}

/** A map with `name`, and perhaps `namespace`, which then are both written. */
function setInMapping(node: YamlNode, reference: Reference): void {
  const nameNode = field(node, 'name');
  if (!nameNode) throw new Error("path config error; no 'name' field in node");
  const oldName = nameNode.value;
  const target = select(oldName, inNamespace(node, reference.candidates), reference, (list) => sameName(list) && sameNamespace(list));
  if (!target) return;
  target.note('refBy', resIdText(reference.referrer.id));
  if (target.name === oldName && target.namespace === '') return;
  setField(node, 'name', target.name === '' ? undefined : scalarNode(target.name));
  if (target.namespace !== '') setField(node, 'namespace', scalarNode(target.namespace));
}

function inNamespace(node: YamlNode, candidates: ResMap): Resource[] {
  const namespace = field(node, 'namespace');
  if (!namespace) return candidates.list;
  const namespaced = (id: (resource: Resource) => Resource['id']) =>
    candidates.list.filter((resource) => !id(resource).clusterScoped && effectiveNamespace(id(resource)) === namespace.value && namespace.value !== '_non_namespaceable_');
  const original = namespaced((resource) => resource.originalId);
  return original.length ? original : namespaced((resource) => resource.id);
}

const sameName = (resources: readonly Resource[]) => resources.every(({ name }) => name === resources[0]!.name);
const sameNamespace = (resources: readonly Resource[]) => resources.every(({ namespace }) => namespace === resources[0]!.namespace);

function select(oldName: string, candidates: readonly Resource[], reference: Reference, interchangeable: (list: readonly Resource[]) => boolean): Resource | undefined {
  const { referrer } = reference;
  const role = roleOf(reference);
  let left = candidates.filter((resource) => {
    const ids = resource.previousIds;
    return ids.some(({ name }) => name === oldName) && ids.some((id) => isSelectedBy(id, reference.target)) && (!role || ids.some((id) => isSelectedBy(id, role)));
  });
  left = left.filter((resource) => mayBeReferred(resource, referrer));
  if (left.length === 1) return left[0];
  left = left.filter((resource) => hasSameAffixes(resource, referrer, true));
  if (left.length > 1) left = left.filter((resource) => hasSameAffixes(resource, referrer, false));
  if (left.length <= 1 || interchangeable(left)) return left[0];
  throw new Error(`found multiple possible referrals: ${left.map(({ id }) => resIdText(id)).join(', ')}\n${details(referrer, left)}`);
}

/** A roleRef tells more of its target. */
function roleOf({ referrer, spec }: Reference): Gvk | undefined {
  if (!spec.path.endsWith('roleRef/name')) return undefined;
  const roleRef = member(referrer.object, 'roleRef');
  const [group, kind] = [member(roleRef, 'apiGroup'), member(roleRef, 'kind')];
  return group && kind ? { group: group.value, version: '', kind: kind.value } : undefined;
}

/** In the same namespace, if namespaces count. Service accounts may be named from other namespaces. */
function mayBeReferred(resource: Resource, referrer: Resource): boolean {
  const id = referrer.id;
  return Boolean(id.clusterScoped) || Boolean(resource.id.clusterScoped) || resource.kind === 'ServiceAccount' || isInSameNamespace(id, resource.id);
}

/** Whether both got the same prefixes and suffixes last. `lenient`: none is as good as any. */
function hasSameAffixes(a: Resource, b: Resource, lenient: boolean): boolean {
  return (['prefixes', 'suffixes'] as const).every((affixes) => {
    const [left, right] = [a.noted(affixes), b.noted(affixes)];
    return (lenient && (!left.length || !right.length)) || endAlike(left, right);
  });
}

function endAlike(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length > b.length ? [b, a] : [a, b];
  if (short.length === 0) return long.length === 0;
  return short.every((text, i) => text === long[i + long.length - short.length]);
}

function details(referrer: Resource, resources: readonly Resource[]): string {
  const listed = resources.map((resource, i) => `--- possible referral ${i}:\n${objectYaml(resource.object)}\n`);
  return `\n**** Too many possible referral targets to referrer:\n${objectYaml(referrer.object)}\n${listed.join('')}`;
}
