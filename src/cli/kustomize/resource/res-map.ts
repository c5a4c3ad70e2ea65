import { decodeNode, isNull } from '../../../api/yaml/document';
import { identicalIds, equalIds, isInSameNamespace, resIdSyntax, resIdText, type ResId } from '../ids/res-id';
import { member } from '../node/fields';
import { buildAnnotations, isBuildAnnotation } from './annotations';
import { setData, stringMap } from './data';
import { addTransformation, originOf, setOrigin, type Origin } from './origin';
import type { Resource } from './resource';
import { objectJson } from './text';

type IdMatcher = (id: ResId) => boolean;

/** Resources in the order in which they came; no two have the same id. Source: api/resmap of kustomize. */
export class ResMap {
  constructor(public list: Resource[] = []) {}

  static of(resources: Resource[]): ResMap {
    const map = new ResMap();
    map.appendAll(resources);
    return map;
  }

  copy(): ResMap {
    return new ResMap(this.list.map((resource) => resource.copy()));
  }

  append(resource: Resource): void {
    const { id } = resource;
    if (this.matchingNow((other) => equalIds(id, other)).length) throw new Error(`may not add resource with an already registered id: ${resIdText(id)}`);
    this.list.push(resource);
  }

  appendAll(resources: readonly Resource[]): void {
    for (const resource of resources) this.append(resource);
  }

  /** Notes what changed the resources, or, where nothing tells where one comes from, made it. */
  noteTransformation(origin: Origin): void {
    for (const resource of this.list) {
      if (originOf(resource)) addTransformation(resource, origin);
      else setOrigin(resource, origin);
    }
  }

  /** Notes where resources come from, unless that is noted. */
  noteOrigin(origin: Origin): void {
    for (const resource of this.list) if (!originOf(resource)) setOrigin(resource, origin);
  }

  dropEmpty(): void {
    this.list = this.list.filter((resource) => !resource.isEmpty);
  }

  /** By the ids that they have now. */
  matchingNow(matches: IdMatcher): Resource[] {
    return this.list.filter((resource) => matches(resource.id));
  }

  /** By any id that they have or had. */
  matchingEver(matches: IdMatcher): Resource[] {
    return this.list.filter((resource) => [...resource.previousIds, resource.id].some(matches));
  }

  /** The one that has or had an id. */
  byId(id: ResId): Resource {
    const found = this.matchingEver((other) => equalIds(id, other));
    if (found.length === 1) return found[0]!;
    const text = resIdText(id);
    throw new Error(`${found.length ? 'multiple' : 'no'} matches for Id ${text}; failed to find unique target for patch ${text}`);
  }

  /** Merges a patch into those with the ids, and drops what it deletes. */
  mergePatch(targets: readonly Resource[], patch: Resource): void {
    const ids = targets.map(({ id }) => id);
    const kept: Resource[] = [];
    for (const resource of this.list) {
      if (ids.some((id) => identicalIds(id, resource.id))) resource.mergePatch(adapted(patch, resource));
      if (!resource.isEmpty) kept.push(resource);
    }
    this.list = [];
    this.appendAll(kept);
  }

  /** Takes generated resources in: they create, or merge with or replace what is there. */
  absorb(resources: readonly Resource[]): void {
    for (const resource of resources) this.absorbOne(resource);
  }

  private absorbOne(resource: Resource): void {
    const { id, behavior } = resource;
    const matches = this.matchingEver((other) => equalIds(id, other));
    if (matches.length > 1) throw new Error(`found multiple objects [${matches.map(({ object }) => objectJson(object)).join(' ')}] that could accept merge of ${resIdText(id)}`);
    const [old] = matches;
    if (!old) {
      if (behavior === 'merge' || behavior === 'replace') throw new Error(`id ${resIdSyntax(id)} does not exist; cannot merge or replace`);
      return this.append(resource);
    }
    if (behavior !== 'merge' && behavior !== 'replace') throw new Error(`id ${resIdSyntax(id)} exists; behavior must be merge or replace`);
    const origin = originOf(old);
    takeMetadata(resource, old);
    if (behavior === 'merge') {
      setData(resource.object, 'data', { ...stringMap(old.object, 'data'), ...stringMap(resource.object, 'data') });
      setData(resource.object, 'binaryData', { ...stringMap(old.object, 'binaryData'), ...stringMap(resource.object, 'binaryData') });
      if (origin) setOrigin(resource, origin);
    }
    this.replace(resource, this.list.indexOf(old));
  }

  private replace(resource: Resource, expected: number): void {
    const { id } = resource;
    const matches = this.matchingNow((other) => equalIds(id, other));
    if (matches.length > 1) throw new Error(`in Replace: id matched ${matches.length} resources`);
    if (!matches.length) throw new Error(`cannot find resource with id ${resIdText(id)} to replace`);
    const at = this.list.indexOf(matches[0]!);
    this.list[at] = resource;
    if (at !== expected) throw new Error('unexpected target index in replacement');
  }

  /** What a resource may name in its fields: what is in its namespace or in none, and service accounts that a binding names with theirs. */
  referable(referrer: Resource): ResMap {
    const { id } = referrer;
    if (id.clusterScoped) return this;
    const namespaces = bindingNamespaces(referrer);
    return new ResMap(this.list.filter((resource) => resource.id.clusterScoped || isInSameNamespace(resource.id, id) || namespaces.has(resource.namespace)));
  }
}

/** The patch as one for that resource: of its group and version. */
function adapted(patch: Resource, resource: Resource): Resource {
  const copy = patch.copy();
  takeMetadata(copy, patch);
  const { gvk } = resource;
  copy.kind = gvk.kind;
  copy.apiVersion = gvk.group ? `${gvk.group}/${gvk.version}` : gvk.version;
  copy.kind = patch.kind;
  return copy;
}

/** Labels and annotations of both, its own first; name, namespace and the build's notes of the other. */
function takeMetadata(resource: Resource, other: Resource): void {
  resource.labels = { ...other.labels, ...resource.labels };
  const own = resource.annotations;
  const merged: Record<string, string> = { ...other.annotations, ...own };
  for (const name of Object.keys(merged)) {
    if (!isBuildAnnotation(name)) continue;
    const value = other.annotations[name];
    if (value === undefined) delete merged[name];
    else merged[name] = value;
  }
  if (own[buildAnnotations.needsHash] === undefined) delete merged[buildAnnotations.needsHash];
  resource.annotations = merged;
  resource.name = other.name;
  resource.namespace = other.namespace;
  resource.varNames = [...other.varNames];
}

function bindingNamespaces(resource: Resource): Set<string> {
  const found = new Set<string>();
  const subjects = resource.kind === 'RoleBinding' ? member(resource.object, 'subjects') : undefined;
  if (subjects?.kind !== 'sequence') return found;
  for (const subject of subjects.content) {
    const namespace = member(subject, 'namespace');
    if (!namespace || member(subject, 'kind')?.value !== 'ServiceAccount') continue;
    if (isNull(namespace) || typeof decodeNode(namespace) !== 'string') throw new Error(`Invalid Input: namespace is blank for resource "${resIdText(resource.id)}"\n`);
    found.add(namespace.value);
  }
  return found;
}
