import { parsePrecisely } from '../../../api/decode/json-precise';
import { decodeAs, type GoType } from '../config/go-struct';
import { unmarshalAs } from '../config/plugin-config';
import { noGvk } from '../ids/gvk';
import { mergeNameReference, noFieldSpecs, mergeAll, type FieldSpecs } from './config';
import { mergeFieldSpec, type FieldSpec } from './field-spec';

type Json = Record<string, unknown>;

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Extensions of properties by which custom resources tell what their fields are. */
const extension = {
  annotation: 'x-kubernetes-annotation', selector: 'x-kubernetes-label-selector', identity: 'x-kubernetes-identity',
  refVersion: 'x-kubernetes-object-ref-api-version', refKind: 'x-kubernetes-object-ref-kind', refName: 'x-kubernetes-object-ref-name-key',
};

type Definitions = Record<string, Json>;

const definitionsType: GoType = { map: { struct: { name: 'accumulator.OpenAPIDefinition', fields: { Schema: 'any', Dependencies: { list: 'string' } } } } };

function propertiesOf(definition: unknown): Definitions {
  const schema = isMap(definition) ? definition.Schema : undefined;
  const properties = isMap(schema) ? schema.properties : undefined;
  return isMap(properties) ? (properties as Definitions) : {};
}

/**
 * What a file of a kustomization's `crds` tells of places: OpenAPI definitions by the names of Go types, as openapi-gen writes them.
 * Throws what is wrong with the text. Source: loadconfigfromcrds.go of kustomize.
 */
export function readCrds(text: string): FieldSpecs {
  const isJson = text.startsWith('{');
  const definitions = isJson ? decodeAs<Definitions>(parsePrecisely(text).value, definitionsType) : unmarshalAs<Definitions>(text, definitionsType);
  return Object.keys(definitions).reduce((specs, name) => {
    const properties = propertiesOf(definitions[name]);
    const isKind = ['kind', 'apiVersion', 'metadata'].every((field) => Object.hasOwn(properties, field));
    if (!isKind) return specs;
    const found = noFieldSpecs();
    collect(found, name.split('.').at(-1)!, definitions, name, []);
    return mergeAll(specs, found);
  }, noFieldSpecs());
}

function collect(specs: FieldSpecs, kind: string, definitions: Definitions, name: string, path: readonly string[]): void {
  if (path.length > 50) return;
  for (const [field, property] of Object.entries(propertiesOf(definitions[name]))) {
    const here = [...path, field];
    const at = (...more: string[]): FieldSpec => ({ ...noGvk, kind, path: [...here, ...more].join('/'), create: false });
    const text = (key: string) => (typeof property[key] === 'string' ? property[key] : undefined);
    if (text(extension.annotation) !== undefined) specs.commonAnnotations = mergeFieldSpec(specs.commonAnnotations, at());
    if (text(extension.selector) !== undefined) specs.commonLabels = mergeFieldSpec(specs.commonLabels, at());
    if (text(extension.identity) !== undefined) specs.namePrefix = mergeFieldSpec(specs.namePrefix, at());
    const [version, refKind] = [text(extension.refVersion), text(extension.refKind)];
    if (version !== undefined && refKind !== undefined) {
      const reference = { group: '', version, kind: refKind, fieldSpecs: [at(text(extension.refName) ?? 'name')] };
      specs.nameReference = mergeNameReference(specs.nameReference, reference);
    }
    if (typeof property.$ref === 'string') collect(specs, kind, definitions, property.$ref, here);
  }
}
