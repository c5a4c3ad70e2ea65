import type { JsonSchema } from './definitions';
import type { Descriptions, OpenApiKind } from './kind';
import { operationsOf, patchTypesOf, type Operation, type Parameter } from './operations';
import { pathsOf, schemasOf, tagOf } from './v3';
import { kubernetesVersion } from '../version';

const media = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const patchTypes = [
  'application/json-patch+json', 'application/merge-patch+json', 'application/strategic-merge-patch+json', 'application/apply-patch+yaml',
];

/** Swagger 2.0 of everything that is served: /openapi/v2 as JSON. */
export function openApiV2(kinds: readonly OpenApiKind[], descriptions: Descriptions): JsonSchema {
  const operations = kinds.flatMap((kind) => operationsOf(kind).map((operation) => ({ operation, tag: tagOf(kind) })));
  const tags = new Map(operations.map(({ operation, tag }) => [operation, tag]));
  const schemas = schemasOf(kinds, operations.map(({ operation }) => operation), descriptions);
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: kubernetesVersion.gitVersion },
    paths: pathsOf(operations.map(({ operation }) => operation), (operation) => render(operation, tags.get(operation)!), renderParameter),
    definitions: Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, downgrade(schema) as JsonSchema])),
    securityDefinitions: { BearerToken: { description: 'Bearer Token authentication', in: 'header', name: 'authorization', type: 'apiKey' } },
    security: [{ BearerToken: [] }],
  };
}

const renderParameter = ({ name, type, in: where }: Parameter): JsonSchema =>
  ({ uniqueItems: true, type, name, in: where, ...(where === 'path' && { required: true }) });

function render(operation: Operation, tag: string): JsonSchema {
  const body = operation.body && { in: 'body', name: 'body', ...(operation.action !== 'delete' && { required: true }), schema: refTo(operation.body) };
  const schema = operation.response ? refTo(operation.response) : { type: 'string' };
  return {
    consumes: operation.method === 'patch' ? patchTypesOf(operation, patchTypes) : ['*/*'],
    description: operation.description,
    operationId: operation.id,
    parameters: [...(body ? [body] : []), ...operation.query.map(renderParameter)],
    produces: operation.response ? media : ['*/*'],
    responses: { ...Object.fromEntries(operation.codes.map((code) => [code, { description: 'OK', schema }])), 401: { description: 'Unauthorized' } },
    schemes: ['https'],
    tags: [tag],
    'x-kubernetes-action': operation.action,
    'x-kubernetes-group-version-kind': operation.gvk,
  };
}

const refTo = (key: string) => ({ $ref: `#/definitions/${key}` });

const droppedInV2 = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'nullable', 'default']);

/** OpenAPI v3's schema in the words of v2: bare references, no defaults, one type instead of several. */
function downgrade(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(downgrade);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { allOf, oneOf } = schema as { allOf?: JsonSchema[]; oneOf?: unknown };
  const members = Object.entries(schema).filter(([name]) => !droppedInV2.has(name)).map(([name, value]) => [name, downgradeMember(name, value)]);
  return { ...(allOf && (downgrade(allOf[0]) as JsonSchema)), ...Object.fromEntries(members), ...(oneOf !== undefined && { type: 'string' }) };
}

/** A property may be named like a keyword. */
function downgradeMember(name: string, value: unknown): unknown {
  if (name === '$ref') return String(value).replace('#/components/schemas/', '#/definitions/');
  if (name !== 'properties') return downgrade(value);
  return Object.fromEntries(Object.entries(value as JsonSchema).map(([property, schema]) => [property, downgrade(schema)]));
}
