import { hasTypeSchema } from '../schema';
import { gvkOf, type Gvk, type OpenApiKind } from './kind';

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
export const deleteOptions = `${meta}DeleteOptions`;
export const status = `${meta}Status`;
export const patch = `${meta}Patch`;

export type Method = 'get' | 'put' | 'post' | 'delete' | 'patch';

export interface Parameter {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean';
  readonly in: 'query' | 'path';
}

/** One request that the server answers, in neither of the two formats. */
export interface Operation {
  readonly path: string;
  readonly method: Method;
  readonly id: string;
  readonly description: string;
  /** `x-kubernetes-action` */
  readonly action: string;
  readonly gvk: Gvk;
  readonly query: readonly Parameter[];
  /** Definition of the request body. */
  readonly body?: string;
  /** Definition of the response; a plain string when absent. */
  readonly response?: string;
  readonly codes: readonly number[];
  /** Of a custom resource: it knows no strategic merge patch. */
  readonly isCustom?: true;
}

const query = (type: Parameter['type'], ...names: string[]): Parameter[] => names.map((name) => ({ name, type, in: 'query' }));
const dryRun = query('string', 'dryRun');
const writing = [...dryRun, ...query('string', 'fieldManager', 'fieldValidation')];
const patching = [...writing, ...query('boolean', 'force')];
const deleting = [
  ...dryRun, ...query('integer', 'gracePeriodSeconds'), ...query('boolean', 'ignoreStoreReadErrorWithClusterBreakingPotential', 'orphanDependents'),
  ...query('string', 'propagationPolicy'),
];
const listing = [
  ...query('boolean', 'allowWatchBookmarks'), ...query('string', 'continue', 'fieldSelector', 'labelSelector'), ...query('integer', 'limit'),
  ...query('string', 'resourceVersion', 'resourceVersionMatch'), ...query('boolean', 'sendInitialEvents'), ...query('integer', 'timeoutSeconds'),
  ...query('boolean', 'watch'),
];

/** How each verb of a kind is asked for. */
interface VerbRow {
  readonly on: 'collection' | 'object';
  readonly method: Method;
  readonly action: string;
  readonly prefix: string;
  readonly about: (kind: string) => string;
  readonly query: readonly Parameter[];
  readonly body?: string | 'self';
  readonly response: string | 'self' | 'list';
  readonly codes: readonly number[];
}

const verbRows: Record<string, VerbRow> = {
  list: { on: 'collection', method: 'get', action: 'list', prefix: 'list', about: (kind) => `list or watch objects of kind ${kind}`, query: listing, response: 'list', codes: [200] },
  create: { on: 'collection', method: 'post', action: 'post', prefix: 'create', about: (kind) => `create a ${kind}`, query: writing, body: 'self', response: 'self', codes: [200, 201, 202] },
  deletecollection: {
    on: 'collection', method: 'delete', action: 'deletecollection', prefix: 'delete', about: (kind) => `delete collection of ${kind}`,
    query: [...listing.filter(({ name }) => !['allowWatchBookmarks', 'watch'].includes(name)), ...deleting], body: deleteOptions, response: status, codes: [200],
  },
  get: { on: 'object', method: 'get', action: 'get', prefix: 'read', about: (kind) => `read the specified ${kind}`, query: [], response: 'self', codes: [200] },
  update: { on: 'object', method: 'put', action: 'put', prefix: 'replace', about: (kind) => `replace the specified ${kind}`, query: writing, body: 'self', response: 'self', codes: [200, 201] },
  patch: { on: 'object', method: 'patch', action: 'patch', prefix: 'patch', about: (kind) => `partially update the specified ${kind}`, query: patching, body: patch, response: 'self', codes: [200, 201] },
  delete: { on: 'object', method: 'delete', action: 'delete', prefix: 'delete', about: (kind) => `delete a ${kind}`, query: deleting, body: deleteOptions, response: status, codes: [200, 202] },
};

/** Which verbs a subresource answers and, where it is not the owner, the kind that travels; no schema means plain text. */
interface SubresourceRow {
  readonly verbs: readonly string[];
  readonly gvk?: Gvk;
  readonly schema?: string | null;
}

const editable = ['get', 'patch', 'update'];
const stream: SubresourceRow = { verbs: ['connect'], schema: null };

const connectMethods = ['get', 'post'] as const;

const subresourceRows: Record<string, SubresourceRow> = {
  status: { verbs: editable },
  scale: { verbs: editable, gvk: { group: 'autoscaling', kind: 'Scale', version: 'v1' }, schema: 'io.k8s.api.autoscaling.v1.Scale' },
  ephemeralcontainers: { verbs: editable },
  resize: { verbs: editable },
  approval: { verbs: editable },
  finalize: { verbs: ['update'] },
  log: { verbs: ['get'], schema: null },
  binding: { verbs: ['create'], gvk: { group: '', kind: 'Binding', version: 'v1' }, schema: 'io.k8s.api.core.v1.Binding' },
  eviction: { verbs: ['create'], gvk: { group: 'policy', kind: 'Eviction', version: 'v1' }, schema: 'io.k8s.api.policy.v1.Eviction' },
  token: { verbs: ['create'], gvk: { group: 'authentication.k8s.io', kind: 'TokenRequest', version: 'v1' }, schema: 'io.k8s.api.authentication.v1.TokenRequest' },
  exec: stream, attach: stream, portforward: stream, proxy: stream,
};

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** `AppsV1`, `RbacAuthorizationV1`: how operation ids name a group and version. */
const groupName = ({ group, version }: OpenApiKind) =>
  (group || 'core').replace(/\.k8s\.io$/, '').split(/[.-]/).map(upper).join('') + upper(version);

const apiRoot = ({ group, version }: OpenApiKind) => (group ? `/apis/${group}/${version}` : `/api/${version}`);

/** The key of the kind's list; undefined for kinds that are never listed. */
export function listKey(kind: OpenApiKind): string | undefined {
  const key = `${kind.schema}List`;
  return kind.definition || hasTypeSchema(key) ? key : undefined;
}

const definitionOf = (kind: OpenApiKind, which: string | undefined) =>
  which === 'self' ? kind.schema : which === 'list' ? (listKey(kind) ?? kind.schema) : which;

const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** Every request that concerns the kind. */
export function operationsOf(kind: OpenApiKind): Operation[] {
  const scope = kind.namespaced ? 'Namespaced' : '';
  const collection = `${apiRoot(kind)}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}`;
  const verbs = kind.verbs ?? allVerbs;
  const main = verbs.flatMap((verb) => (verbRows[verb] ? [operation(kind, verbRows[verb], collection, scope)] : []));
  const everywhere = kind.namespaced && verbs.includes('list') ? [listEverywhere(kind)] : [];
  const below = (kind.subresources ?? []).flatMap((name) => subresourceOperations(kind, name, `${collection}/{name}/${name}`, scope));
  return [...main, ...everywhere, ...below];
}

function operation(kind: OpenApiKind, row: VerbRow, collection: string, scope: string): Operation {
  const isMany = row.action === 'deletecollection';
  return {
    path: row.on === 'object' ? `${collection}/{name}` : collection,
    method: row.method, action: row.action, query: row.query, codes: row.codes, gvk: gvkOf(kind), ...(kind.definition && { isCustom: true }),
    id: `${row.prefix}${groupName(kind)}${isMany ? 'Collection' : ''}${scope}${kind.kind}`,
    description: row.about(kind.kind),
    ...(row.body && { body: definitionOf(kind, row.body) }),
    response: definitionOf(kind, row.response),
  };
}

function listEverywhere(kind: OpenApiKind): Operation {
  const listed = operation(kind, verbRows.list!, `${apiRoot(kind)}/${kind.plural}`, '');
  return { ...listed, id: `${listed.id}ForAllNamespaces` };
}

function subresourceOperations(kind: OpenApiKind, name: string, path: string, scope: string): Operation[] {
  const row = subresourceRows[name];
  if (!row) return [];
  const schema = row.schema === null ? undefined : (row.schema ?? kind.schema);
  const named = `${scope}${kind.kind}${upper(name)}`;
  const gvk = row.gvk ?? gvkOf(kind);
  return row.verbs.flatMap((verb): Operation[] => {
    if (verb === 'connect') return connectMethods.map((method) => ({
      path, gvk, method, id: `connect${groupName(kind)}${upper(method)}${named}`, action: 'connect', query: [], codes: [200],
      description: `connect ${method.toUpperCase()} requests to ${name} of ${kind.kind}`,
    }));
    const main = verbRows[verb]!;
    return [{
      path, gvk, id: `${main.prefix}${groupName(kind)}${named}`, method: main.method, action: main.action, query: main.query, codes: main.codes,
      description: `${main.prefix} ${name} of the specified ${kind.kind}`, ...(kind.definition && { isCustom: true }),
      ...(main.body && { body: main.body === 'self' ? schema : main.body }),
      ...(schema && { response: schema }),
    }];
  });
}

/** Those of `types` that the operation takes for a patch. */
export const patchTypesOf = ({ isCustom }: Operation, types: readonly string[]): string[] => types.filter((type) => !isCustom || !type.includes('strategic'));

/** Parameters within a path. */
export const pathParameters = (path: string): Parameter[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name: name!, type: 'string', in: 'path' }));
