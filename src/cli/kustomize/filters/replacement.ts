import { isNullOrEmpty, type YamlNode } from '../../../api/yaml/document';
import { quote } from '../../../api/go/quote';
import { wrapped } from '../errors';
import { isIdSelectedBy, resIdText, type ResId } from '../ids/res-id';
import { textOf } from '../node/fields';
import { lookup } from '../node/lookup';
import { matchPath } from '../node/match';
import { splitFieldPath } from '../node/path';
import type { Resource } from '../resource/resource';
import { labelMatcher, type Selector } from './selector';

export interface FieldOptions {
  delimiter: string;
  index: number;
  create: boolean;
}

export interface SourceSelector extends ResId {
  fieldPath: string;
  options?: FieldOptions;
}

export interface TargetSelector {
  select?: Selector;
  reject: Selector[];
  fieldPaths: string[];
  options?: FieldOptions;
}

export interface Replacement {
  source?: SourceSelector;
  targets?: TargetSelector[];
}

const defaultPath = 'metadata.name';

/** Copies values from fields to others. Source: api/filters/replacement of kustomize. */
export function applyReplacements(resources: readonly Resource[], replacements: readonly Replacement[]): void {
  for (const { source, targets } of replacements) {
    if (!source || !targets) throw new Error('replacements must specify a source and at least one target');
    const value = sourceValue(resources, source);
    for (const target of targets) replaceIn(resources, value, target);
  }
}

/** The id that a resource has, and those that it had. */
const allIds = (resource: Resource): ResId[] => [{ ...resource.id, clusterScoped: false }, ...resource.previousIds];

function optionsText(options: FieldOptions | undefined): string {
  if (!options || (options.delimiter === '' && !options.create)) return '';
  return `${options.delimiter}(${options.index}), create=${options.create}`;
}

const sourceText = (source: SourceSelector): string => [resIdText(source), source.fieldPath, optionsText(source.options)].filter(Boolean).join(':');

function sourceValue(resources: readonly Resource[], source: SourceSelector): YamlNode {
  const matches = resources.filter((resource) => allIds(resource).some((id) => isIdSelectedBy(id, source)));
  if (matches.length > 1) throw new Error(`multiple matches for selector ${sourceText(source)}`);
  if (!matches.length) throw new Error(`nothing selected by ${sourceText(source)}`);
  const path = source.fieldPath || defaultPath;
  const node = find(matches[0]!, path);
  if (isNullOrEmpty(node)) throw new Error(`fieldPath \`${path}\` is missing for replacement source ${resIdText(source)}`);
  return refined(node!, source.options);
}

function find(resource: Resource, path: string): YamlNode | undefined {
  try {
    return lookup(resource.object, splitFieldPath(path));
  } catch (error) {
    throw new Error(`error looking up replacement source: ${(error as Error).message}`);
  }
}

const notScalar = () => new Error('delimiter option can only be used with scalar nodes');

function refined(node: YamlNode, options: FieldOptions | undefined): YamlNode {
  if (!options?.delimiter) return node;
  if (node.kind !== 'scalar') throw notScalar();
  const part = textOf(node).split(options.delimiter)[options.index];
  if (part === undefined) throw new Error(`options.index ${options.index} is out of bounds for value ${textOf(node)}`);
  const copy = node.copy();
  copy.value = part;
  return copy;
}

function replaceIn(resources: readonly Resource[], value: YamlNode, target: TargetSelector): void {
  const { select, reject } = target;
  if (!select) throw new Error('target must specify resources to select');
  for (const resource of resources) {
    const ids = allIds(resource);
    if (!hasMetadata(resource, target)) continue;
    const isRejected = reject.some((selector) => !isEmptyId(selector) && ids.some((id) => isIdSelectedBy(id, selector)));
    if (ids.some((id) => isIdSelectedBy(id, select)) && !isRejected) copyValue(resource, value, target);
  }
}

const isEmptyId = ({ group, version, kind, name, namespace }: ResId) => !group && !version && !kind && !name && !namespace;

function hasMetadata(resource: Resource, { select, reject }: TargetSelector): boolean {
  const matches = ({ annotationSelector, labelSelector }: Selector) =>
    [labelMatcher(annotationSelector)(resource.annotations), labelMatcher(labelSelector)(resource.labels)].every(Boolean);
  if (!matches(select!)) return false;
  return !reject.some((selector) => (selector.annotationSelector || selector.labelSelector) && matches(selector));
}

function copyValue(resource: Resource, value: YamlNode, { fieldPaths, options }: TargetSelector): void {
  for (const path of fieldPaths.length ? fieldPaths : [defaultPath]) {
    const failure = `unable to find ${options?.create ? 'or create ' : ''}field ${quote(path)} in replacement target`;
    for (const node of targets(resource, path, options?.create ? value.kind : undefined, failure)) setValue(node, value.copy(), options);
  }
}

function targets(resource: Resource, path: string, create: YamlNode['kind'] | undefined, failure: string): YamlNode[] {
  let found: YamlNode[];
  try {
    found = matchPath(resource.object, splitFieldPath(path), create);
  } catch (error) {
    throw wrapped(error, failure);
  }
  if (!found.length) throw new Error(failure);
  return found;
}

/** A scalar keeps its tag and style, and so may change what it means. */
function setValue(node: YamlNode, value: YamlNode, options: FieldOptions | undefined): void {
  if (options?.delimiter) value.value = spliced(node, value, options);
  if (node.kind === 'scalar') node.value = value.value;
  else node.become(value);
}

/** An index before the parts puts one before them, one behind puts it behind. */
function spliced(node: YamlNode, value: YamlNode, { delimiter, index }: FieldOptions): string {
  if (node.kind !== 'scalar') throw notScalar();
  const parts = node.value.split(delimiter);
  const text = textOf(value);
  if (index < 0) parts.unshift(text);
  else if (index >= parts.length) parts.push(text);
  else parts[index] = text;
  return parts.join(delimiter);
}
