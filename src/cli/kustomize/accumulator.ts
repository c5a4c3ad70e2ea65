import { YamlNode } from '../../api/yaml/document';
import type { VarConfig } from './config/types';
import { mergeAll, noFieldSpecs, type FieldSpecs } from './field-spec/config';
import { updateReference } from './filters/references';
import { Fractional, replaceVariables, type VarValue } from './filters/variables';
import { gvkText, isSelectedBy, splitApiVersion } from './ids/gvk';
import { equalButNamespace, equalIds, type ResId } from './ids/res-id';
import { lookup } from './node/lookup';
import { splitFieldPath } from './node/path';
import { goTextOf } from './resource/go-syntax';
import type { Resource } from './resource/resource';
import { ResMap } from './resource/res-map';

/** Where a variable gets its value. */
interface Variable {
  name: string;
  source: ResId;
  fieldPath: string;
}

function variableOf({ name = '', objref = {}, fieldref = {} }: VarConfig): Variable {
  const { apiVersion, group = '', version = '', kind = '' } = objref;
  const parts = apiVersion ? apiVersion.split('/') : [];
  const given = parts.length === 0 || parts.length > 2 ? {} : parts.length === 1 ? { version: apiVersion! } : splitApiVersion(apiVersion!);
  return { name, source: { group, version, ...given, kind, name: objref.name ?? '', namespace: objref.namespace ?? '' }, fieldPath: fieldref.fieldPath || 'metadata.name' };
}

/** As Go prints the variable, before what it leaves open is filled in. */
function shownVariable({ name = '', objref = {}, fieldref = {} }: VarConfig): string {
  const { group = '', version = '', kind = '' } = objref;
  return `{${name} ${gvkText({ group, version, kind })} {${fieldref.fieldPath ?? ''}}}`;
}

export const shownVariables = (configs: readonly VarConfig[]): string => `[${configs.map(shownVariable).join(' ')}]`;

const shown = ({ name, source, fieldPath }: Variable): string => `{${name} ${gvkText(source)} {${fieldPath}}}`;

/** Resources with what is known of places in them and of variables. Source: api/internal/accumulator of kustomize. */
export class Accumulator {
  resources = new ResMap();
  specs: FieldSpecs = noFieldSpecs();
  private readonly variables = new Map<string, Variable>();

  mergeSpecs(specs: FieldSpecs): void {
    this.specs = mergeAll(this.specs, specs);
  }

  /** Takes over all that another has gathered. */
  merge(other: Accumulator): void {
    this.resources.appendAll(other.resources.list);
    this.mergeSpecs(other.specs);
    for (const variable of other.variables.values()) this.addVariable(variable);
  }

  /** Notes at resources which variables get their values there. */
  mergeVariables(configs: readonly VarConfig[]): void {
    for (const config of configs) {
      const { name, source } = variableOf(config);
      const matches = this.resources.matchingEver((id) => (source.namespace ? equalIds(source, id) : equalButNamespace(source, id)));
      if (matches.length > 1) throw new Error(`found ${matches.length} resId matches for var {${name} ${gvkText(source)} {${config.fieldref?.fieldPath ?? ''}}} (unable to disambiguate)`);
      matches[0]?.varNames.push(name);
    }
    for (const config of configs) this.addVariable(variableOf(config));
  }

  private addVariable(variable: Variable): void {
    if (this.variables.has(variable.name)) throw new Error(`var '${variable.name}' already encountered`);
    this.variables.set(variable.name, variable);
  }

  /** Gives references the names that their targets have by now. */
  fixReferences(): void {
    const { list } = this.resources;
    const ids = list.map((resource) => resource.originalId);
    const work = list.map((referrer, i) => ({
      referrer,
      references: this.specs.nameReference.flatMap((target) => target.fieldSpecs.filter((spec) => isSelectedBy(ids[i]!, spec)).map((spec) => ({ spec, target }))),
    }));
    for (const { referrer, references } of work) {
      const candidates = references.length ? this.resources.referable(referrer) : new ResMap();
      for (const { spec, target } of references) {
        updateReference({ referrer, spec, target: { group: target.group, version: target.version, kind: target.kind }, candidates });
      }
    }
  }

  /** Replaces `$(NAME)`. `log` gets a line for what is odd. */
  resolveVariables(log: (line: string) => void): void {
    const values = new Map<string, VarValue | YamlNode>();
    for (const name of [...this.variables.keys()].sort()) values.set(name, this.valueOf(this.variables.get(name)!));
    if (!values.size) return;
    const used = new Set<string>();
    const find = (name: string): VarValue | undefined => {
      if (!values.has(name)) return undefined;
      const value = values.get(name)!;
      if (value instanceof YamlNode) return void log(`MakePrimitiveReplacer: bad replacement type=${value.kind === 'sequence' ? '[]' : 'map[string]'}interface {} val=${goTextOf(value)}`);
      used.add(name);
      return value;
    };
    try {
      for (const { object } of this.resources.list) for (const spec of this.specs.varReference) replaceVariables(object, spec, find);
    } finally {
      const unused = [...values.keys()].filter((name) => !used.has(name));
      if (unused.length) log(`well-defined vars that were never replaced: ${unused.join(',')}`);
    }
  }

  private valueOf(variable: Variable): VarValue | YamlNode {
    const resource = this.resources.list.find(({ varNames }) => varNames.includes(variable.name));
    if (!resource) throw new Error(`var '${shown(variable)}' cannot be mapped to a field in the set of known resources`);
    try {
      return fieldValue(resource, variable.fieldPath);
    } catch {
      throw new Error(`field specified in var '${shown(variable)}' not found in corresponding resource`);
    }
  }
}

const indexed = /^(.*)\[(\d+)\]$/;

/** `ports[0]` is two parts. */
const withIndexes = (parts: readonly string[]): string[] => parts.flatMap((part) => {
  const [, name, index] = indexed.exec(part) ?? [];
  return index === undefined ? [part] : [...(name ? [name] : []), index];
});

/** Throws for what is not there, and for numbers that are written in another way than Go reads them. Source: GetFieldValue of kyaml. */
function fieldValue(resource: Resource, path: string): VarValue | YamlNode {
  const node = lookup(resource.object, withIndexes(splitFieldPath(path)));
  if (!node) throw new Error(`no field named '${path}'`);
  if (node.kind !== 'scalar') return node;
  switch (node.tag) {
    case '!!int': return integer(node.value);
    case '!!float': return new Fractional(float(node.value));
    case '!!bool': return /^(?:1|t|T|TRUE|true|True)$/.test(node.value);
    default: return node.value;
  }
}

function integer(text: string): number {
  if (!/^[-+]?\d+$/.test(text)) throw new Error('invalid syntax');
  return Number(text);
}

function float(text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (Number.isNaN(value)) throw new Error('invalid syntax');
  return value;
}
