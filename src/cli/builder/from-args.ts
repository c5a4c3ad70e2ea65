import { isReason, type ApiError } from '../../api/errors';
import { groupVersion, type KubeList, type Unstructured } from '../../api/meta';
import type { ApiResource } from '../../client/discovery';
import { resourcePath } from '../../client/http/paths';
import { typedItem } from '../print/objects';
import { programName } from '../program';
import type { Session } from '../session';
import { missingResource, parseResourceArgs, type Targets } from './args';
import type { Visited } from './from-files';
import type { Info, ResourceRequest } from './info';
import { resourceFor } from './mapping';
import { readObject } from './read-object';

/** What to read: one object, or a list when there is no name. */
export interface Target {
  resource: ApiResource;
  namespace: string;
  name: string;
}

/** The arguments as targets, types looked up. Throws where they make no sense, in cli-runtime's words and order. */
export async function resolveArgs(session: Session, request: ResourceRequest): Promise<Target[]> {
  const discovery = await session.discovery();
  const expand = async (word: string) => {
    const members = await discovery.category(word);
    return members.length ? members.map(({ plural, group }) => (group ? `${plural}.${group}` : plural)) : [word];
  };
  const targets = await parseResourceArgs(request.args ?? [], expand, programName);
  const problem = selectorProblem(targets, request);
  if (problem) throw new Error(problem);
  const find = (type: string) => resourceFor(discovery, type);
  if (targets.by === 'pairs') {
    const found = await inOrder(targets.pairs, async ({ type, name }) => ({ resource: await find(type), name }));
    checkSingle(found.map(({ resource }) => resource), request);
    return found.map(({ resource, name }) => named(resource, name, request));
  }
  if (targets.by === 'nothing') throw new Error(missingResource);
  if (targets.by === 'names' && targets.types.length > 1) throw new Error('you must specify only one resource');
  if (targets.types.length > 1 && request.singleType) throw new Error('you may only specify a single resource type');
  const resources = unique(await inOrder(targets.types, find));
  if (targets.by === 'names') return targets.names.map((name) => named(resources[0]!, name, request));
  if (!selects(request)) throw new Error('resource(s) were provided, but no name was specified');
  return resources.map((resource) => ({ resource, name: '', namespace: resource.namespaced ? listNamespace(request) : '' }));
}

/** Reads each target; what fails comes in its place. */
export async function* visitTargets(session: Session, request: ResourceRequest, targets: readonly Target[]): AsyncGenerator<Visited> {
  for (const target of targets) {
    try {
      if (target.name) yield { info: await readOne(session, request, target) };
      else yield* readList(session, request, target);
    } catch (error) {
      yield { error };
    }
  }
}

const selects = ({ selector, fieldSelector, all, emptySelectorMeansAll }: ResourceRequest) =>
  Boolean(selector?.trim() || fieldSelector?.trim() || all || emptySelectorMeansAll);

function selectorProblem(targets: Targets, request: ResourceRequest): string | undefined {
  const { selector, fieldSelector, all, emptySelectorMeansAll, subresource } = request;
  const given = Boolean(selector?.trim() || fieldSelector?.trim());
  if (all && given) return 'setting \'all\' parameter but found a non empty selector. ';
  if (given || all) {
    if (targets.by === 'names') return 'name cannot be provided when a selector is specified';
    if (targets.by === 'pairs') return 'selectors and the all flag cannot be used when passing resource/name arguments';
    if (targets.by === 'nothing') return 'at least one resource must be specified to use a selector';
  }
  if (subresource && targets.by === 'types' && (given || all || emptySelectorMeansAll)) return 'subresource cannot be used when bulk resources are specified';
  return undefined;
}

function named(resource: ApiResource, name: string, { allNamespaces, namespace }: ResourceRequest): Target {
  if (!name) throw new Error('resource name may not be empty');
  if (resource.namespaced && allNamespaces) throw new Error('a resource cannot be retrieved by name across all namespaces');
  return { resource, name, namespace: resource.namespaced ? namespace.name : '' };
}

const listNamespace = ({ allNamespaces, namespace }: ResourceRequest) => (allNamespaces ? '' : namespace.name);

function checkSingle(resources: readonly ApiResource[], { singleType }: ResourceRequest): void {
  if (singleType && unique(resources).length > 1) throw new Error('you may only specify a single resource type');
}

const unique = (resources: readonly ApiResource[]): ApiResource[] => [...new Set(resources)];

/** One after the other, so that of several errors the first is the one thrown. */
async function inOrder<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await each(item));
  return results;
}

async function readOne(session: Session, request: ResourceRequest, { resource, namespace, name }: Target): Promise<Info> {
  const base = { resource, namespace, name, source: '', ...(request.subresource && { subresource: request.subresource }) };
  if (request.fetch === false) return { ...base, object: undefined as unknown as Unstructured };
  if (resource.namespaced && !namespace) throw new Error('namespace may not be empty when retrieving a resource by name');
  return { ...base, object: await readObject(session, request, { resource, namespace, name }) };
}

async function* readList(session: Session, request: ResourceRequest, target: Target): AsyncGenerator<Visited> {
  let token: string | undefined;
  do {
    const list = await readChunk(session, request, target, token);
    token = list.metadata?.continue || undefined;
    const whole = { resource: target.resource, namespace: target.namespace, name: '', source: '', object: list as unknown as Unstructured };
    if (request.keepLists || !Array.isArray(list.items)) yield { info: whole };
    else for (const item of list.items) yield { info: itemInfo(target.resource, list, item) };
  } while (token);
}

/** Items of a list carry no type of their own. */
function itemInfo(resource: ApiResource, list: KubeList<Unstructured>, item: Unstructured): Info {
  const object = typedItem({ apiVersion: groupVersion(resource), ...list }, resource.kind, item);
  return { resource, namespace: item.metadata?.namespace ?? '', name: item.metadata?.name ?? '', source: '', object };
}

async function readChunk(session: Session, request: ResourceRequest, { resource, namespace }: Target, token: string | undefined): Promise<KubeList<Unstructured>> {
  const selectors = { labelSelector: request.selector?.trim() || undefined, fieldSelector: request.fieldSelector?.trim() || undefined };
  const client = await session.client();
  try {
    return await client.request({
      path: resourcePath(resource, namespace),
      query: { ...request.query, ...selectors, limit: request.chunkSize || undefined, continue: token },
      ...(request.accept && { accept: request.accept }),
    });
  } catch (error) {
    if (isReason(error, 'BadRequest', 'NotFound')) explainListError(error as ApiError, resource, selectors);
    throw error;
  }
}

/** After cli-runtime's EnhanceListError. */
function explainListError(error: ApiError, resource: ApiResource, { labelSelector = '', fieldSelector = '' }: { labelSelector?: string | undefined; fieldSelector?: string | undefined }): void {
  const subject = JSON.stringify(`${resource.group}/${resource.version}, Resource=${resource.plural}`);
  error.message = labelSelector || fieldSelector
    ? `Unable to find ${subject} that match label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}: ${error.message}`
    : `Unable to list ${subject}: ${error.message}`;
}
