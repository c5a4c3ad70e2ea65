import { isNullOrEmpty, YamlNode } from '../../../api/yaml/document';
import type { Gvk } from '../ids/gvk';
import { joinApiVersion, splitApiVersion } from '../ids/gvk';
import { effectiveNamespace, type ResId } from '../ids/res-id';
import { mergeObject } from '../merge/walk';
import type { Schemas } from '../schema';
import { buildAnnotations, removedAnnotations } from './annotations';
import { clearNamespace, metaMap, metaText, setAnnotation, setMetaMap, setMetaText, setTopText, topText } from './meta';

export type Behavior = 'create' | 'replace' | 'merge' | 'unspecified';

const behaviors: readonly string[] = ['create', 'replace', 'merge'] satisfies Behavior[];

export const behaviorOf = (word: string): Behavior => (behaviors.includes(word) ? (word as Behavior) : 'unspecified');

type CsvAnnotation = 'previousKinds' | 'previousNames' | 'previousNamespaces' | 'prefixes' | 'suffixes' | 'refBy';

/** An object with what a build notes about it: most of that in its annotations, where patches can reach it. Source: api/resource of kustomize. */
export class Resource {
  /** Names of the variables whose values come from here. */
  varNames: string[] = [];

  /** `node`: undefined when a patch has deleted the object. */
  constructor(public node: YamlNode | undefined, readonly schemas: Schemas) {}

  /** For what is done to the object. An object that is gone has nothing. */
  get object(): YamlNode {
    return this.node ?? new YamlNode('mapping');
  }

  copy(): Resource {
    const twin = new Resource(this.node?.copy(), this.schemas);
    twin.varNames = [...this.varNames];
    return twin;
  }

  get isEmpty(): boolean {
    return isNullOrEmpty(this.node);
  }

  get kind(): string {
    return topText(this.object, 'kind');
  }

  get name(): string {
    return metaText(this.object, 'name');
  }

  set name(name: string) {
    setMetaText(this.object, 'name', name);
  }

  get namespace(): string {
    return metaText(this.object, 'namespace');
  }

  set namespace(namespace: string) {
    if (namespace) setMetaText(this.object, 'namespace', namespace);
    else clearNamespace(this.object);
  }

  get annotations(): Record<string, string> {
    return metaMap(this.object, 'annotations');
  }

  set annotations(map: Record<string, string>) {
    setMetaMap(this.object, 'annotations', map);
  }

  get labels(): Record<string, string> {
    return metaMap(this.object, 'labels');
  }

  set labels(map: Record<string, string>) {
    setMetaMap(this.object, 'labels', map);
  }

  get gvk(): Gvk {
    const [apiVersion, { kind }] = [topText(this.object, 'apiVersion'), this];
    return { ...splitApiVersion(apiVersion), kind, clusterScoped: this.schemas.isClusterScoped(joinApiVersion({ ...splitApiVersion(apiVersion), kind }), kind) };
  }

  set kind(kind: string) {
    setTopText(this.object, 'kind', kind);
  }

  set apiVersion(apiVersion: string) {
    setTopText(this.object, 'apiVersion', apiVersion);
  }

  /** The id that it has now. */
  get id(): ResId {
    return { ...this.gvk, name: this.name, namespace: this.namespace };
  }

  /** The ids that it had, oldest first. */
  get previousIds(): ResId[] {
    const annotations = this.annotations;
    const names = annotations[buildAnnotations.previousNames];
    if (names === undefined) return [];
    const namespaces = (annotations[buildAnnotations.previousNamespaces] ?? '').split(',');
    const kinds = (annotations[buildAnnotations.previousKinds] ?? '').split(',');
    const { group, version } = splitApiVersion(topText(this.object, 'apiVersion'));
    return names.split(',').map((name, i) => ({ group, version, kind: kinds[i] ?? '', name, namespace: namespaces[i] ?? '' }));
  }

  get originalId(): ResId {
    return this.previousIds[0] ?? this.id;
  }

  /** Notes the id that it has, before it gets another. */
  storeId(): void {
    const { id } = this;
    this.note('previousNames', id.name);
    this.note('previousNamespaces', effectiveNamespace(id));
    this.note('previousKinds', id.kind);
  }

  /** Adds to a list that an annotation holds. */
  note(annotation: CsvAnnotation, value: string): void {
    if (value === '') return;
    setAnnotation(this.object, buildAnnotations[annotation], [...this.noted(annotation), value].join(','));
  }

  noted(annotation: CsvAnnotation): string[] {
    return this.annotations[buildAnnotations[annotation]]?.split(',') ?? [];
  }

  enable(mark: 'allowNameChange' | 'allowKindChange' | 'needsHash'): void {
    this.annotations = { ...this.annotations, [buildAnnotations[mark]]: 'enabled' };
  }

  isEnabled(mark: 'allowNameChange' | 'allowKindChange' | 'needsHash'): boolean {
    return this.annotations[buildAnnotations[mark]] === 'enabled';
  }

  get behavior(): Behavior {
    return behaviorOf(this.annotations[buildAnnotations.behavior] ?? '');
  }

  set behavior(behavior: Behavior) {
    this.annotations = { ...this.annotations, [buildAnnotations.behavior]: behavior };
  }

  removeBuildAnnotations(): void {
    const { annotations } = this;
    if (Object.keys(annotations).length === 0) return;
    for (const name of removedAnnotations) delete annotations[name];
    this.annotations = annotations;
  }

  /** Merges a patch in. Name, namespace and kind stay, unless the patch may change name or kind. */
  mergePatch(patch: Resource): void {
    const { name, namespace, kind } = this;
    const [renames, changesKind] = [patch.isEnabled('allowNameChange'), patch.isEnabled('allowKindChange')];
    if (renames || changesKind) this.storeId();
    this.node = this.node && mergeObject(this.node, patch.object, this.schemas);
    if (this.isEmpty) return;
    if (!changesKind) this.kind = kind;
    if (!renames) this.name = name;
    this.namespace = namespace;
  }
}
