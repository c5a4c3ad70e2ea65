import type { GroupVersionResource } from '../../../api/meta';
import type { Output } from '../../session';
import { kindOf, resolveRef, schemaOf, valuesOf, type Document, type Schema } from './document';
import { enumLong, enumShort, typeName } from './types';
import { indent, wrap } from './wrap';

/**
 * Writes kubectl's plain text, byte for byte after the template of k8s.io/kubectl/pkg/explain/v2. The head is written
 * before a field that does not exist is reported.
 */
export function renderPlaintext(document: Document, gvr: GroupVersionResource, fields: readonly string[], recursive: boolean, out: Output): void {
  const kind = kindOf(document, gvr);
  if (!kind) throw new Error(`GVR (${gvr.group}/${gvr.version}, Resource=${gvr.resource}) not found in OpenAPI schema`);
  out.write(`${kind.group ? `GROUP:      ${kind.group}\n` : ''}KIND:       ${kind.kind}\nVERSION:    ${kind.version}\n\n`);
  const schema = schemaOf(document, kind);
  if (!schema) throw new Error(`GVK map[group:${kind.group} kind:${kind.kind} version:${kind.version}] not found in OpenAPI schema`);
  const text = explainField({ document, recursive }, schema, fields, new Set());
  if (!text) throw new Error(`field ${JSON.stringify(fields.at(-1))} does not exist`);
  out.write(`${text}\n`);
}

interface Context {
  document: Document;
  recursive: boolean;
}

/** Follows the path through properties, items, map values and alternatives. '' when it leads nowhere. */
function explainField(context: Context, schema: Schema, path: readonly string[], seen: ReadonlySet<string>): string {
  const resolved = resolveRef(schema, context.document) ?? schema;
  if (!path.length) return explainSchema(context, schema, resolved);
  if (schema.$ref && seen.has(schema.$ref)) return '';
  const nowSeen = schema.$ref ? new Set([...seen, schema.$ref]) : seen;
  const [name, ...rest] = path as [string, ...string[]];
  const property = resolved.properties?.[name];
  if (property) {
    const head = rest.length ? '' : `FIELD: ${name} <${typeName(property, context.document)}>\n${enumLong(property)}\n\n`;
    return head + explainField(context, property, rest, new Set());
  }
  const inner = resolved.items ?? valuesOf(resolved);
  if (inner) return explainField(context, inner, path, nowSeen);
  for (const alternative of resolved.allOf ?? []) {
    const text = explainField(context, alternative, path, nowSeen);
    if (text) return text;
  }
  return '';
}

function explainSchema(context: Context, schema: Schema, resolved: Schema): string {
  const fields = fieldList(context, resolved, 1, new Set());
  const text = description(resolved, context.document) || '<empty>';
  return `DESCRIPTION:\n${indent(4, wrap(76, text))}\n${fields ? `FIELDS:\n${fields}` : ''}`;
}

/** The schema's own words and those of what it is made of. */
function description(schema: Schema, document: Document): string {
  const resolved = resolveRef(schema, document) ?? schema;
  const parts = [...(resolved.allOf ?? []), ...(resolved.items ? [resolved.items] : []), ...[valuesOf(resolved) ?? []].flat()];
  return (resolved.description ? `${resolved.description}\n` : '') + parts.map((part) => description(part, document)).join('');
}

function fieldList(context: Context, schema: Schema, level: number, seen: ReadonlySet<string>): string {
  if (schema.$ref && seen.has(schema.$ref)) return '';
  const nowSeen = schema.$ref ? new Set([...seen, schema.$ref]) : seen;
  const resolved = resolveRef(schema, context.document) ?? schema;
  const names = Object.keys(resolved.properties ?? {}).sort();
  const own = names.map((name) => fieldDetail(context, resolved, name, level)
    + (context.recursive ? fieldList(context, resolved.properties![name]!, level + 1, nowSeen) : ''));
  const parts = [...(resolved.allOf ?? []), ...(resolved.items ? [resolved.items] : []), ...[valuesOf(resolved) ?? []].flat()];
  return own.join('') + parts.map((part) => fieldList(context, part, level, nowSeen)).join('');
}

function fieldDetail({ document, recursive }: Context, schema: Schema, name: string, level: number): string {
  const field = schema.properties![name]!;
  const margin = level * 2;
  const required = schema.required?.includes(name) ? ' -required-' : '';
  const line = `${indent(margin, name)}\t<${typeName(field, document)}>${required}${enumShort(field, margin)}\n`;
  return recursive ? line : `${line}${indent(margin + 2, wrap(78 - margin, field.description || '<no description>'))}\n\n`;
}
