import { listOf, mapOf, types, type ObjectType, type Type } from '../../../api/cel';
import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';
import { typeSchema } from '../../../api/schema';
import type { Schema } from '../../../api/structural';
import { escaped } from '../../../api/structural/cel/names';
import { schemaType } from '../../../api/structural/cel/type';

type Field = ReturnType<typeof typeSchema>['fields'][number]['type'];

const { string, bool, int, double, bytes, timestamp, dyn } = types;

const scalars: Readonly<Record<string, Type>> = {
  string, boolean: bool, int32: int, int64: int, double, byte: bytes, time: timestamp, 'micro-time': timestamp, duration: string, quantity: string,
  'int-or-string': dyn, raw: dyn,
};

/** Of a built-in type; structures are looked into when they are asked for, for some contain themselves. */
export function builtInType(key: string, name = key): ObjectType {
  const fields = new Map<string, Type>();
  return {
    kind: 'object', name,
    field(text) {
      const found = typeSchema(key).fields.find((field) => escaped(field.name) === text);
      if (!found) return undefined;
      const known = fields.get(text) ?? fieldType(found.type);
      fields.set(text, known);
      return known;
    },
  };
}

function fieldType(type: Field): Type {
  if ('ref' in type) return builtInType(type.ref);
  if ('list' in type) return listOf(fieldType(type.list));
  return 'map' in type ? mapOf(string, fieldType(type.map)) : scalars[type.scalar]!;
}

const meta = builtInType('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
const common: Readonly<Record<string, Type>> = { apiVersion: string, kind: string, metadata: meta };

/** Of a version of a definition; undefined where its schema says nothing. */
export function customType({ spec }: CustomResourceDefinition, version: string): ObjectType | undefined {
  const schema = spec.versions.find(({ name }) => name === version)?.schema?.openAPIV3Schema as Schema | undefined;
  const own = schemaType(schema, false, spec.names.kind);
  if (own?.kind !== 'object') return undefined;
  return { kind: 'object', name: own.name, field: (name) => (Object.hasOwn(common, name) ? common[name] : own.field(name)) };
}
