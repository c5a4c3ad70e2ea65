// What every type and field is for, taken at build time from two npm packages (see NOTICE): the doc comments of
// @kubernetes/client-node's models, and those of cdk8s-plus-33, which also describes fields that refer to other types
// and keeps paragraphs. Written as { "<type>": ["<description>", { "<field>": "<description>" }] }.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownDescriptions, statusDescription } from './own-descriptions.mjs';
import { apiTypes, root, writeGenerated } from './paths.mjs';

const modelsDir = join(root, 'node_modules/@kubernetes/client-node/dist/gen/models');
const cdkImports = join(root, 'node_modules/cdk8s-plus-33/lib/imports/k8s.d.ts');

const upper = (text) => text[0].toUpperCase() + text.slice(1);

/** Class names the OpenAPI generator may have given the type; the group leads where two groups share a name. */
function modelNames(key) {
  const [group, version, name] = key.split('.').slice(-3);
  return [`${upper(group)}${upper(version)}${name}`, `${upper(version)}${name}`];
}

const unescape = (text) => text.replace(/\\(.)/g, '$1').trim();

/** The comment of the class, and of each property. */
function readModel(name) {
  const text = readFileSync(join(modelsDir, `${name}.d.ts`), 'utf8');
  const body = text.indexOf('export declare class');
  const about = /\/\*\*\n\* (.*)\n\*\/\n$/.exec(text.slice(0, body));
  const fields = {};
  for (const [, comment, property] of text.slice(body).matchAll(/\/\*\*\n\s*\* (.*)\n\s*\*\/\n\s*'([^']+)'\??:/g)) {
    // Names that JavaScript reserves carry an underscore.
    fields[property.replace(/^_/, '')] = unescape(comment);
  }
  return [about ? unescape(about[1]) : '', fields];
}

/** `<type>` or `<type>#<field>` → its comment, paragraphs apart. */
function readCdkComments() {
  const comments = new Map();
  for (const [, block, name] of readFileSync(cdkImports, 'utf8').matchAll(/\/\*\*\n((?:\s*\*(?!\/).*\n)*?)\s*\* @schema (\S+)\n/g)) {
    const lines = block.split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
    const end = lines.findIndex((line) => line.startsWith('@'));
    comments.set(name, (end < 0 ? lines : lines.slice(0, end)).join('\n').trim());
  }
  return comments;
}

const collapsed = (text) => text.replace(/\s+/g, ' ').trim();

/** cdk8s's wording where it only adds line breaks, or where there is no other. */
const better = (model, cdk) => (cdk !== undefined && (!model || collapsed(cdk) === collapsed(model)) ? cdk : model);

function describe(key, models, comments) {
  const model = modelNames(key).find((name) => models.has(name));
  const [about, modelFields] = model ? readModel(model) : ['', {}];
  const fields = { ...modelFields };
  for (const [name, comment] of comments.get(key)?.fields ?? []) fields[name] = better(fields[name], comment);
  return [better(about, comments.get(key)?.about) ?? '', fields];
}

/** Fills in what no package describes. */
function addOwn(described, types) {
  for (const [key, type] of Object.entries(types)) {
    const fields = described[key]?.[1];
    if (fields && !fields.status && type.fields.some(({ name, type: of }) => name === 'status' && of.ref)) fields.status = statusDescription;
  }
  for (const [name, text] of Object.entries(ownDescriptions)) {
    const [key, field] = name.split('#');
    described[key] ??= ['', {}];
    if (!field) described[key][0] ||= text;
    if (field && !types[key]?.fields.some((known) => known.name === field)) throw new Error(`own-descriptions.mjs: there is no ${name}`);
    if (field) described[key][1][field] ??= text;
  }
}

function groupComments(comments) {
  const byType = new Map();
  for (const [name, comment] of comments) {
    const [key, field] = name.split('#');
    if (!byType.has(key)) byType.set(key, { fields: [] });
    if (field) byType.get(key).fields.push([field, comment]);
    else byType.get(key).about = comment;
  }
  return byType;
}

export async function generateDescriptions() {
  const models = new Set(readdirSync(modelsDir).filter((name) => name.endsWith('.d.ts')).map((name) => name.slice(0, -5)));
  const comments = groupComments(readCdkComments());
  const described = {};
  const types = apiTypes();
  for (const key of Object.keys(types)) {
    const [about, fields] = describe(key, models, comments);
    if (about || Object.keys(fields).length) described[key] = [about, fields];
  }
  addOwn(described, types);
  await writeGenerated('descriptions.json', JSON.stringify(described));
}
