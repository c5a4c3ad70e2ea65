import { groupVersion } from '../../../../api/meta';
import type { GroupVersionKind } from '../document';
import { fold, indented } from './lines';
import { findKind, lookUp, modelOf, typeText, type DocumentV2, type Model } from './schema';

const width = 80;
const fieldsIndent = 3;
const descriptionIndent = 5;
const fieldTextIndent = 2;
const nestedIndent = 3;

/** kubectl's plain text of before OpenAPI v3, byte for byte after k8s.io/kubectl/pkg/explain. */
export function renderOpenApiV2(document: DocumentV2, kind: GroupVersionKind, path: readonly string[], recursive: boolean): string {
  const schema = findKind(document, kind);
  if (!schema) throw new Error(`couldn't find resource for ${JSON.stringify(`${groupVersion(kind).includes('/') ? groupVersion(kind) : `/${kind.version}`}, Kind=${kind.kind}`)}`);
  const model = lookUp(modelOf(document, schema), path);
  const { inner, descriptions, type } = unwrapped(model);
  const head = `KIND:     ${kind.kind}\nVERSION:  ${groupVersion(kind)}\n\n`;
  const about = `DESCRIPTION:\n${descriptionText([...descriptions, inner.description])}`;
  const name = path.at(-1) ?? '';
  if (inner.is === 'anything') return head + about;
  if (inner.is === 'value') return `${head}FIELD:    ${name} <${type}>\n\n${about}`;
  const resource = name ? `RESOURCE: ${name} <${type}>\n\n` : '';
  return `${head}${resource}${about}\nFIELDS:\n${recursive ? fieldNames(inner, fieldsIndent, new Set()) : fieldTexts(inner)}`;
}

/** What lists, maps and references are about in the end, and what was said on the way there. */
function unwrapped(model: Model): { inner: Model; descriptions: string[]; type: string } {
  const descriptions: string[] = [];
  let [inner, type] = [model, ''];
  for (;;) {
    if (inner.is === 'list' || inner.is === 'map') {
      type ||= typeText(inner);
      descriptions.push(inner.description);
      inner = inner.of;
    } else if (inner.is === 'reference') {
      descriptions.push(inner.description);
      inner = inner.target();
    } else {
      return { inner, descriptions, type: type || typeText(inner) };
    }
  }
}

function descriptionText(descriptions: readonly string[]): string {
  const texts = descriptions.flatMap((text, index) =>
    (text ? [`${index ? '\n' : ''}${indented(descriptionIndent, fold(text, width - descriptionIndent))}`] : []));
  return texts.length ? texts.join('') : indented(descriptionIndent, ['<empty>']);
}

function fieldTexts(model: Model): string {
  if (model.is !== 'object') return '';
  return [...model.fields].map(([name, field]) => {
    const required = model.required.has(name) ? ' -required-' : '';
    const indent = fieldsIndent + fieldTextIndent;
    return `${indented(fieldsIndent, [`${name}\t<${typeText(field)}>${required}`])}${indented(indent, fold(field.description, width - indent))}\n`;
  }).join('');
}

function fieldNames(model: Model, indent: number, within: ReadonlySet<string>): string {
  if (model.is === 'list' || model.is === 'map') return fieldNames(model.of, indent, within);
  if (model.is === 'reference') return within.has(model.to) ? '' : fieldNames(model.target(), indent, new Set([...within, model.to]));
  if (model.is !== 'object') return '';
  return [...model.fields].map(([name, field]) =>
    indented(indent, [`${name}\t<${typeText(field)}>`]) + fieldNames(field, indent + nestedIndent, within)).join('');
}
