import { posix } from 'node:path';
import { parseYamlOrJson } from '../../../api/yaml';
import { writeNode } from '../../../api/yaml/document';
import { bareText, mappingOf } from './yaml-text';
import { parseRepoUrl } from '../loader/repo-url';
import { originAnnotation, transformationsAnnotation } from './annotations';
import type { Resource } from './resource';

/** The object that configured a generator or transformer. */
export interface ConfiguredBy {
  apiVersion: string;
  kind: string;
  name?: string;
  namespace?: string;
}

/** Where a resource comes from, for buildMetadata. '' for what does not apply. */
export interface Origin {
  /** Of its file, from the directory that is built or the root of its repository. */
  path?: string;
  repo?: string;
  ref?: string;
  /** The file that configured what generated or changed it. */
  configuredIn?: string;
  configuredBy?: ConfiguredBy;
}

/** One level deeper: in a file or directory, or in a repository. */
export function originAt(origin: Origin, path: string): Origin {
  const repo = parseRepoUrl(path);
  if (!repo) return { ...origin, path: joined(origin.path, path) };
  return { ...origin, repo: repo.host + repo.repoPath, ref: repo.ref, path: joined('', repo.path) };
}

function joined(...parts: (string | undefined)[]): string {
  const given = parts.filter((part): part is string => Boolean(part));
  return given.length ? posix.normalize(given.join('/')) : '';
}

export const joinedPath = joined;

function originNode(origin: Origin) {
  const { configuredBy: by } = origin;
  return mappingOf([
    ['path', origin.path], ['repo', origin.repo], ['ref', origin.ref], ['configuredIn', origin.configuredIn],
    ['configuredBy', by && mappingOf([['apiVersion', by.apiVersion], ['kind', by.kind], ['name', by.name], ['namespace', by.namespace]])],
  ]);
}

export const originText = (origin: Origin): string => writeNode(originNode(origin));

/** Undefined when nothing is noted. */
export function originOf(resource: Resource): Origin | undefined {
  const text = resource.annotations[originAnnotation];
  return text === undefined ? undefined : ((parseYamlOrJson(text) ?? {}) as Origin);
}

export function setOrigin(resource: Resource, origin: Origin | undefined): void {
  const { annotations } = resource;
  if (origin) annotations[originAnnotation] = originText(origin);
  else delete annotations[originAnnotation];
  resource.annotations = annotations;
}

export function addTransformation(resource: Resource, origin: Origin): void {
  const text = resource.annotations[transformationsAnnotation];
  const earlier = text === undefined ? [] : ((parseYamlOrJson(text) ?? []) as Origin[]);
  resource.annotations = { ...resource.annotations, [transformationsAnnotation]: bareText([...earlier, origin].map(originNode)) };
}

export function clearTransformations(resource: Resource): void {
  const { annotations } = resource;
  delete annotations[transformationsAnnotation];
  resource.annotations = annotations;
}
