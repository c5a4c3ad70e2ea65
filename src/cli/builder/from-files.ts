import { exactJson } from '../../api/exact-json';
import type { KubeList, Unstructured } from '../../api/meta';
import { parseLabelSelector } from '../../api/selectors';
import type { ApiResource } from '../../client/discovery';
import { isConnectionError } from '../../client/http/connection-error';
import type { Session } from '../session';
import { checkRegistered } from './decoded';
import { manifestFiles, readManifest, stdinName } from './files';
import type { Info, ResourceRequest } from './info';
import { localResource, resourceOf } from './mapping';
import { readObject } from './read-object';
import { isUnvalidated, unreachable } from './unreachable';
import { readAll } from '../../client/http/transport';

/** A failure that does not end the visit. */
export type Visited = { info: Info } | { error: unknown };

type Matches = ReturnType<typeof parseLabelSelector>;

/** The objects of the manifests in order, one file after the other; what is wrong with one comes in its place. */
export async function* visitFiles(session: Session, request: ResourceRequest, files: readonly string[]): AsyncGenerator<Visited> {
  const matches = request.selector ? parseLabelSelector(request.selector) : () => true;
  for (const file of files) {
    try {
      yield* visitObjects(session, request, objectsIn(session, file, request), file, matches);
    } catch (error) {
      yield { error };
    }
  }
}

/** The objects that a kustomization builds, in order. What is wrong with it comes as the only error. */
export async function* visitKustomization(session: Session, request: ResourceRequest, target: string): AsyncGenerator<Visited> {
  const matches = request.selector ? parseLabelSelector(request.selector) : () => true;
  try {
    const { kustomizationText } = await import('./kustomization');
    yield* visitObjects(session, request, objectsOf(Buffer.from(await kustomizationText(session, target)), target, request), target, matches);
  } catch (error) {
    yield { error };
  }
}

async function* visitObjects(session: Session, request: ResourceRequest, objects: AsyncIterable<Unstructured>, source: string, matches: Matches): AsyncGenerator<Visited> {
  for await (const object of objects) {
    const visited = await toInfo(session, request, object, source).then((info) => ({ info }), (error: unknown) => ({ error }));
    if ('error' in visited || matches(visited.info.object.metadata?.labels)) yield visited;
    if ('error' in visited && isUnvalidated(visited.error)) return;
  }
}

export { manifestFiles };

/** The objects of a text in memory, in order. Rejects with the first thing wrong; `source` names the text. */
export async function infosOf(session: Session, request: ResourceRequest, text: string, source: string): Promise<Info[]> {
  const infos: Info[] = [];
  for await (const object of objectsOf(Buffer.from(text), source, request)) infos.push(await toInfo(session, request, object, source));
  return infos;
}

async function* objectsIn(session: Session, file: string, request: ResourceRequest): AsyncGenerator<Unstructured> {
  yield* objectsOf(file === stdinName ? await readAll(session.streams.in as AsyncIterable<Uint8Array>) : readManifest(file, session.cwd), file, request);
}

async function* objectsOf(bytes: Buffer, file: string, request: ResourceRequest): AsyncGenerator<Unstructured> {
  const { parseManifest } = await import('./manifest');
  for (const object of parseManifest(bytes, file)) {
    request.validate?.(object, file);
    checkType(object, file);
    if (request.keepLists) yield object;
    else yield* items(object);
  }
}

/** Any object with a list of items is taken apart, lists within lists too. */
function* items(object: Unstructured): Generator<Unstructured> {
  const { items: inner } = object as Unstructured & Partial<KubeList<Unstructured>>;
  if (!Array.isArray(inner)) return yield object;
  const { apiVersion, kind = '' } = object;
  for (const item of inner) yield* items({ ...(kind !== 'List' && { apiVersion, kind: kind.replace(/List$/, '') }), ...item } as Unstructured);
}

function checkType(object: Unstructured, source: string): void {
  if (!object.kind) throw new Error(`unable to decode ${JSON.stringify(source)}: Object 'Kind' is missing in '${exactJson(object)}'`);
}

async function toInfo(session: Session, request: ResourceRequest, object: Unstructured, source: string): Promise<Info> {
  if (request.typed) checkRegistered(object, source);
  const resource = request.local ? localResource(object) : await servedResource(session, request, object, source);
  const placed = request.local ? object : place(object, resource.namespaced, request);
  const { name = '', namespace = '' } = (placed.metadata ?? {}) as { name?: string; namespace?: string };
  const info: Info = { resource, name, namespace: resource.namespaced ? namespace : '', source, object: placed };
  if (!request.latest || !name) return info;
  return { ...info, object: await readObject(session, request, info) };
}

/** The resource that serves the object. Where only another version of its kind can be served, somebody at a terminal is told how to get there. */
async function servedResource(session: Session, { validate }: ResourceRequest, object: Unstructured, source: string): Promise<ApiResource> {
  try {
    return await resourceOf(await session.discovery(), object, source);
  } catch (error) {
    if (isConnectionError(error)) throw await unreachable(session, source, validate, error);
    if (error instanceof Error && session.streams.err.isTTY) error.message += await conversionHint(object, source);
    throw error;
  }
}

async function conversionHint({ apiVersion = '', kind = '' }: Unstructured, source: string): Promise<string> {
  const { isGivenUp } = await import('../../kinds/convert');
  return isGivenUp(apiVersion, kind) ? `\nthis version is of the past: knarr convert -f ${source === 'STDIN' ? '-' : source} rewrites it for today's` : '';
}

/** The object in its namespace: its own, else the session's; an explicit --namespace must agree with it. */
function place(object: Unstructured, namespaced: boolean, { namespace }: ResourceRequest): Unstructured {
  const own = object.metadata?.namespace;
  if (!namespaced) {
    if (own === undefined) return object;
    const metadata = { ...object.metadata };
    delete metadata.namespace;
    return { ...object, metadata };
  }
  if (!own) return { ...object, metadata: { ...object.metadata, namespace: namespace.name } };
  if (namespace.explicit && own !== namespace.name) {
    throw new Error(`the namespace from the provided object ${JSON.stringify(own)} does not match the namespace ${JSON.stringify(namespace.name)}. You must pass '--namespace=${own}' to perform this operation.`);
  }
  return object;
}
