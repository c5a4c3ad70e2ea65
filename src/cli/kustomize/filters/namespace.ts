import { isNull, isNullOrEmpty, tags, type YamlNode } from '../../../api/yaml/document';
import { causeNamed, withPrefix, wrapped } from '../errors';
import { applyFieldSpec, applyFieldSpecs, type FieldSpec } from '../field-spec/field-spec';
import { noGvk } from '../ids/gvk';
import { entrySetter, field, member, requireKind, textOf, type WrongKind } from '../node/fields';
import { lookup } from '../node/lookup';
import { topText } from '../resource/meta';

export const subjectModes = ['defaultOnly', 'none', 'allServiceAccounts'] as const;

export interface NamespaceOptions {
  namespace: string;
  specs: readonly FieldSpec[];
  /** Only where there is none. */
  unsetOnly: boolean;
  /** Of role bindings: subjects called `default`, none, or all service accounts. */
  subjects: (typeof subjectModes)[number];
  /** The object belongs to no namespace. */
  clusterScoped: boolean;
}

const scalar = { kind: 'scalar', tag: tags.str } as const;
const bindings = ['RoleBinding', 'ClusterRoleBinding'];

/** Puts an object into a namespace, with what it says of namespaces elsewhere. Source: api/filters/namespace of kustomize. */
export function setNamespace(object: YamlNode, options: NamespaceOptions): void {
  const apiVersion = topText(object, 'apiVersion');
  let specs = options.specs.filter(({ path }) => path !== 'metadata/namespace' && (apiVersion === 'v1' || path !== 'metadata/name'));
  if (!options.clusterScoped) {
    applyFieldSpec(object, { ...noGvk, path: 'metadata/namespace', create: true }, { set: setter(options), create: { kind: 'scalar', tag: tags.none } });
  }
  if (bindings.includes(topText(object, 'kind'))) {
    specs = specs.filter(({ kind, path }) => !(bindings.includes(kind) && path === 'subjects/namespace'));
    setSubjects(object, options);
  }
  try {
    applyFieldSpecs(object, specs, { set: setter(options), create: scalar });
  } catch (error) {
    const wrongKind = causeNamed(error, 'WrongKind') as WrongKind | undefined;
    throw wrapped(error, wrongKind && wrongKind.actual !== 'scalar' ? 'namespace field specs must target scalar nodes' : 'namespace transformation failed');
  }
}

/** One for all places, whose nodes are then shared. */
function setter({ namespace, unsetOnly }: NamespaceOptions): (node: YamlNode) => void {
  const set = entrySetter('', namespace, tags.str);
  return (node) => {
    if (!unsetOnly || !hasValue(node)) set(node);
  };
}

function hasValue(node: YamlNode): boolean {
  if (isNullOrEmpty(node)) return false;
  if (node.kind === 'scalar') return node.value !== '';
  return textOf(member(node, '')) !== '';
}

function setSubjects(object: YamlNode, options: NamespaceOptions): void {
  if (options.subjects === 'none') return;
  const [name, wanted] = options.subjects === 'defaultOnly' ? ['name', 'default'] : ['kind', 'ServiceAccount'];
  const subjects = field(object, 'subjects');
  if (isNull(subjects)) return;
  withPrefix('setting namespace on (cluster)role binding subjects', () => {
    requireKind(subjects, 'sequence');
    for (const subject of subjects.content) {
      if (withPrefix(`looking up ${name} on (cluster)role binding subject`, () => hasText(subject, name!, wanted!))) setter(options)(subjectNamespace(subject));
    }
  });
}

function hasText(subject: YamlNode, name: string, text: string): boolean {
  const node = field(subject, name);
  requireKind(node, 'scalar');
  return !isNull(node) && node.value === text;
}

const subjectNamespace = (subject: YamlNode): YamlNode =>
  withPrefix('setting namespace field on (cluster)role binding subject', () => lookup(subject, ['namespace'], 'scalar')!);
