import { jsonPatch } from '../../../api/patch';
import { marshalJson } from '../../../api/go/json';
import { quote } from '../../../api/go/quote';
import { parseDocument } from '../../../api/yaml/parse';
import { nodeOf } from '../../../api/yaml/document';
import { endOfJsonValue } from '../../../api/yaml/go-json';
import { selectResources, selectorText, type Selector } from '../filters/selector';
import { resIdText } from '../ids/res-id';
import { isInternalAnnotation } from '../resource/annotations';
import { readResources, withFile } from '../resource/read';
import type { Resource } from '../resource/resource';
import type { ResMap } from '../resource/res-map';
import { floatJson } from '../resource/text';
import type { Means, Transform } from './transformer';

export interface Patch {
  path: string;
  patch: string;
  target?: Selector;
  options: Readonly<Record<string, boolean>>;
}

/** A JSON patch of JSON or YAML. Throws where it is none. */
function readJsonPatch(text: string): unknown[] {
  if (text === '') throw new Error('empty json patch operations');
  const patch = text.startsWith('[') ? parseJson(text) : parseDocument(text);
  // What is no patch is refused before it meets an object.
  jsonPatch({}, Array.isArray(patch) && patch.every((operation) => typeof operation === 'object' && !Array.isArray(operation)) ? [] : patch);
  return (patch ?? []) as unknown[];
}

function parseJson(text: string): unknown {
  const end = endOfJsonValue(text, 0);
  const rest = text.slice(end).trim();
  if (rest) throw new Error(`invalid character '${rest[0]}' after top-level value`);
  return JSON.parse(text.slice(0, end));
}

/** Applies a JSON patch; what the build has noted stays. */
function applyJsonPatch(resource: Resource, patch: readonly unknown[]): void {
  const noted = Object.entries(resource.annotations).filter(([name]) => isInternalAnnotation(name));
  const patched = jsonPatch(floatJson(resource.object), patch);
  if (typeof patched !== 'object' || Array.isArray(patched)) throw new Error('json: cannot unmarshal array into Go value of type map[string]interface {}');
  resource.node = nodeOf(patched);
  resource.annotations = { ...resource.annotations, ...Object.fromEntries(noted) };
}

function tried<T>(act: () => T): { value?: T; error?: Error } {
  try {
    return { value: act() };
  } catch (error) {
    return { error: error as Error };
  }
}

/** A patch of either sort. `shown`: its configuration, for errors. Source: PatchTransformer of kustomize. */
export async function patchTransform(config: Patch, shown: string, means: Means): Promise<Transform> {
  const { text, source } = await patchText(config, shown, means);
  const merge = tried(() => readResources(text, means.schemas));
  const operations = tried(() => readJsonPatch(text));
  if ((!merge.error && !operations.error) || (merge.value?.length && operations.value?.length)) {
    throw new Error(`illegally qualifies as both an SM and JSON patch: ${source}`);
  }
  if (merge.error && operations.error) throw new Error(`unable to parse SM or JSON patch from ${source}`);
  if (operations.value) return jsonTransform(operations.value, config.target, source);
  const patches = merge.value!;
  for (const patch of patches) {
    if (config.options.allowNameChange) patch.enable('allowNameChange');
    if (config.options.allowKindChange) patch.enable('allowKindChange');
  }
  return patches.length ? (resources) => applyMerges(resources, patches, config.target, source) : jsonTransform([], config.target, source);
}

async function patchText({ path, patch }: Patch, shown: string, { loader }: Means): Promise<{ text: string; source: string }> {
  const text = patch.trim();
  if (text === '' && path === '') throw new Error(`must specify one of patch and path in\n${shown}`);
  if (text !== '' && path !== '') throw new Error(`patch and path can't be set at the same time\n${shown}`);
  if (text !== '') return { text, source: `[patch: ${quote(text)}]` };
  try {
    return { text: (await loader.load(path)).toString('utf8'), source: `[path: ${quote(path)}]` };
  } catch (error) {
    throw new Error(`failed to get the patch file from path(${path}): ${(error as Error).message}`);
  }
}

function jsonTransform(patch: readonly unknown[], target: Selector | undefined, source: string): Transform {
  return ({ list }) => {
    if (!target) throw new Error(`must specify a target for JSON patch ${source}`);
    for (const resource of selectResources(list, target)) {
      resource.storeId();
      applyJsonPatch(resource, patch);
    }
  };
}

function applyMerges(resources: ResMap, patches: readonly Resource[], target: Selector | undefined, source: string): void {
  if (target) {
    if (patches.length > 1) throw new Error(`Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${source}`);
    return resources.mergePatch(selected(resources, target), patches[0]!);
  }
  for (const patch of patches) targetOf(resources, patch).mergePatch(patch);
}

function selected({ list }: ResMap, target: Selector): Resource[] {
  try {
    return selectResources(list, target);
  } catch (error) {
    throw new Error(`unable to find patch target ${quote(selectorText(target))} in \`resources\`: ${(error as Error).message}`);
  }
}

function targetOf(resources: ResMap, patch: Resource): Resource {
  try {
    return resources.byId(patch.originalId);
  } catch (error) {
    throw new Error(`no resource matches strategic merge patch ${quote(resIdText(patch.originalId))}: ${(error as Error).message}`);
  }
}

/** Patches of patchesStrategicMerge: each is a text, or the path of a file. Source: PatchStrategicMergeTransformer of kustomize. */
export async function mergesTransform(paths: readonly string[], patches: string, means: Means): Promise<Transform> {
  if (!paths.length && !patches) throw new Error('empty file path and empty patch content');
  const loaded: Resource[] = [];
  for (const path of paths) loaded.push(...await patchesAt(path, means));
  if (patches) loaded.push(...readResources(patches, means.schemas));
  if (!loaded.length) throw new Error(`patch appears to be empty; files=[${paths.join(' ')}], Patch=${patches}`);
  return (resources) => {
    for (const patch of loaded) resources.mergePatch([resources.byId(patch.originalId)], patch);
  };
}

async function patchesAt(path: string, { loader, schemas }: Means): Promise<Resource[]> {
  const inline = tried(() => readResources(path, schemas));
  if (inline.value) return inline.value;
  const text = (await loader.load(path)).toString('utf8');
  return withFile(path, () => readResources(text, schemas));
}

/** A patch of patchesJson6902. Source: PatchJson6902Transformer of kustomize. */
export async function json6902Transform(config: { target?: Selector; path: string; jsonOp: string }, { loader }: Means): Promise<Transform> {
  const { target, path } = config;
  if (!target) throw new Error('must specify a target');
  if (target.name === '') throw new Error('must specify the target name');
  if (path === '' && config.jsonOp === '') throw new Error('empty file path and empty jsonOp');
  if (path !== '' && config.jsonOp !== '') throw new Error('must specify a file path or jsonOp, not both');
  const text = path === '' ? config.jsonOp : (await loader.load(path)).toString('utf8');
  if (text === '') throw new Error(`patch file '${path}' empty seems to be empty`);
  const patch = decoded(text);
  if (!patch.length) throw new Error(`patch appears to be empty; file=${path}, JsonOp=${text}`);
  return ({ list }) => {
    for (const resource of selectResources(list, target)) applyJsonPatch(resource, patch);
  };
}

function decoded(text: string): unknown[] {
  const isJson = text.startsWith('[');
  const value = isJson ? undefined : parseDocument(text);
  const json = isJson ? text : marshalJson(value);
  try {
    return readJsonPatch(json);
  } catch (error) {
    throw new Error(`decoding ${json}: ${(error as Error).message}`);
  }
}
