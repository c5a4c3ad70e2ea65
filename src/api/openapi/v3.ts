import { createHash } from 'node:crypto';
import { groupVersion, parseGroupVersion } from '../meta';
import { closure, definition, type JsonSchema } from './definitions';
import { gvkOf, type Descriptions, type Gvk, type OpenApiKind } from './kind';
import { deleteOptions, listKey, operationsOf, patch, patchTypesOf, pathParameters, status, type Operation, type Parameter } from './operations';
import { kubernetesVersion } from '../version';

const bodyTypes = ['application/json', 'application/vnd.kubernetes.protobuf', 'application/yaml'];
const patchTypes = [
  'application/apply-patch+yaml', 'application/json-patch+json', 'application/merge-patch+json', 'application/strategic-merge-patch+json',
];
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
const codeTexts: Record<number, string> = { 200: 'OK', 201: 'Created', 202: 'Accepted' };

/** Where a group and version's document lies below /openapi/v3: `api/v1`, `apis/apps/v1`. */
const documentPath = (of: { group: string; version: string }) => (of.group ? 'apis/' : 'api/') + groupVersion(of);

/**
 * The index at /openapi/v3. The hash in a URL changes with what is served, so clients may keep a document for good.
 * It is made of the kinds, not of the document: the index is asked for by many, the documents by few.
 */
export function openApiV3Index(kinds: readonly OpenApiKind[], productVersion: string): { paths: Record<string, { serverRelativeURL: string }> } {
  const byPath = new Map<string, OpenApiKind[]>();
  for (const kind of kinds) byPath.set(documentPath(kind), [...(byPath.get(documentPath(kind)) ?? []), kind]);
  const paths = [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, served]) =>
    [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hashOf(served, productVersion)}` }]);
  return { paths: Object.fromEntries(paths) };
}

function hashOf(kinds: OpenApiKind[], productVersion: string): string {
  const facts = kinds.map(({ kind, plural, schema, verbs, subresources, definition: own }) => [kind, plural, schema, verbs, subresources, own]);
  return createHash('sha256').update(JSON.stringify([productVersion, facts])).digest('hex').toUpperCase();
}

/**
 * The document of one group and version (`v1`, `apps/v1`), in which `kinds` of other ones are passed over.
 * Undefined when nothing is served there.
 */
export function openApiV3(apiVersion: string, kinds: readonly OpenApiKind[], descriptions: Descriptions): JsonSchema | undefined {
  const { group, version } = parseGroupVersion(apiVersion);
  const served = kinds.filter((kind) => kind.group === group && kind.version === version);
  if (!served.length) return undefined;
  const operations = served.flatMap(operationsOf);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: kubernetesVersion.gitVersion },
    paths: pathsOf(operations, (operation) => renderOperation(operation, tagOf({ group, version })), renderParameter),
    components: {
      schemas: schemasOf(served, operations, descriptions),
      securitySchemes: { BearerToken: { description: 'Bearer Token authentication', in: 'header', name: 'authorization', type: 'apiKey' } },
    },
  };
}

export const tagOf = ({ group, version }: { group: string; version: string }) => `${(group || 'core').split('.')[0]}_${version}`;

/** Operations by path and method, with the parameters within each path. */
export function pathsOf(operations: Operation[], render: (operation: Operation) => JsonSchema, parameter: (parameter: Parameter) => JsonSchema): JsonSchema {
  const paths = new Map<string, JsonSchema>();
  for (const operation of operations) {
    const item = paths.get(operation.path) ?? { parameters: pathParameters(operation.path).map(parameter) };
    item[operation.method] = render(operation);
    paths.set(operation.path, item);
  }
  return Object.fromEntries([...paths].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const renderParameter = ({ name, type, in: where }: Parameter): JsonSchema =>
  ({ in: where, name, ...(where === 'path' && { required: true }), schema: { type, uniqueItems: true } });

function renderOperation(operation: Operation, tag: string): JsonSchema {
  const content = (schema: JsonSchema, types: string[]) => Object.fromEntries(types.map((type) => [type, { schema }]));
  const response = operation.response ? content(refTo(operation.response), bodyTypes) : content({ type: 'string' }, ['*/*']);
  const requestTypes = operation.method === 'patch' ? patchTypesOf(operation, patchTypes) : ['*/*'];
  return {
    description: operation.description,
    operationId: operation.id,
    ...(operation.query.length && { parameters: operation.query.map(renderParameter) }),
    ...(operation.body && { requestBody: { content: content(refTo(operation.body), requestTypes) } }),
    responses: {
      ...Object.fromEntries(operation.codes.map((code) => [code, { content: response, description: codeTexts[code] }])),
      401: { description: 'Unauthorized' },
    },
    tags: [tag],
    'x-kubernetes-action': operation.action,
    'x-kubernetes-group-version-kind': operation.gvk,
  };
}

const refTo = (key: string) => ({ $ref: `#/components/schemas/${key}` });

/** Every definition that the operations need, those of kinds with the kinds they stand for. */
export function schemasOf(kinds: readonly OpenApiKind[], operations: Operation[], descriptions: Descriptions): Record<string, JsonSchema> {
  const custom = kinds.filter((kind) => kind.definition);
  const own = new Map(custom.flatMap((kind) => customDefinitions(kind, descriptions)));
  const named = operations.flatMap(({ body, response }) => [body, response]).filter((key) => key !== undefined);
  const roots = [...named, `${meta}APIResourceList`, deleteOptions, patch, status].filter((key) => !own.has(key));
  const needed = closure([...roots, ...(custom.length ? [`${meta}ObjectMeta`, `${meta}ListMeta`] : [])]);
  const gvks = gvksOf(kinds, operations);
  const schemas: [string, JsonSchema][] = needed.map((key) => [key, { ...definition(key, descriptions), ...gvkExtension(gvks.get(key)) }]);
  return Object.fromEntries([...schemas, ...own].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const gvkExtension = (gvks: readonly Gvk[] | undefined): JsonSchema => (gvks ? { 'x-kubernetes-group-version-kind': gvks } : {});

/** Definition → the kinds that it is the schema of. The kinds of meta/v1 exist in every group. */
function gvksOf(kinds: readonly OpenApiKind[], operations: Operation[]): Map<string, Gvk[]> {
  const gvks = new Map<string, Gvk[]>();
  for (const { gvk, response } of operations.filter(({ action }) => action !== 'list' && action !== 'connect')) {
    if (response && response !== status) gvks.set(response, [gvk]);
  }
  for (const kind of kinds) {
    gvks.set(kind.schema, [gvkOf(kind)]);
    const list = listKey(kind);
    if (list) gvks.set(list, [{ ...gvkOf(kind), kind: `${kind.kind}List` }]);
  }
  gvks.set(status, [{ group: '', kind: 'Status', version: 'v1' }]);
  gvks.set(`${meta}APIResourceList`, [{ group: '', kind: 'APIResourceList', version: 'v1' }]);
  gvks.set(deleteOptions, everyGroup(kinds, 'DeleteOptions'));
  return gvks;
}

function everyGroup(kinds: readonly OpenApiKind[], name: string): Gvk[] {
  const versions = new Map([['v1', { group: '', kind: name, version: 'v1' }]]);
  for (const kind of kinds) versions.set(groupVersion(kind), { group: kind.group, kind: name, version: kind.version });
  return [...versions.values()];
}

/** Kinds whose fields of every object, and of every list, are described as those of custom resources. */
const [exampleObject, exampleList] = ['io.k8s.api.core.v1.Pod', 'io.k8s.api.core.v1.PodList'];

/** A custom resource's own schema, with the fields that every object has, and its list. */
function customDefinitions(kind: OpenApiKind, descriptions: Descriptions): [string, JsonSchema][] {
  const { properties, ...rest } = kind.definition as { properties?: JsonSchema };
  const common = (example: string, metadata: string) => {
    const about = (field: string) => withDescription(descriptions[example]?.[1][field]);
    return {
      apiVersion: { ...about('apiVersion'), type: 'string' }, kind: { ...about('kind'), type: 'string' },
      metadata: { allOf: [refTo(meta + metadata)], ...about('metadata') },
    };
  };
  const self = { ...rest, properties: { ...properties, ...common(exampleObject, 'ObjectMeta') }, ...gvkExtension([gvkOf(kind)]) };
  const list = {
    description: `${kind.kind}List is a list of ${kind.kind}`,
    properties: { ...common(exampleList, 'ListMeta'), items: { description: `List of ${kind.plural}.`, items: refTo(kind.schema), type: 'array' } },
    required: ['items'], type: 'object',
    ...gvkExtension([{ ...gvkOf(kind), kind: `${kind.kind}List` }]),
  };
  return [[kind.schema, { type: 'object', ...self }], [`${kind.schema}List`, list]];
}

const withDescription = (description: string | undefined) => (description ? { description } : {});
