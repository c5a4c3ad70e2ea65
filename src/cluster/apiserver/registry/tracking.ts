import { timestamp } from '../../../api/clock';
import { fieldScope, fieldsOf, managersAfterUpdate, type Convert, type FieldScope } from '../../../api/managed-fields';
import { groupVersion, type KubeObject, type Unstructured } from '../../../api/meta';
import { hasTypeSchema } from '../../../api/schema';
import type { Kind, Strategy } from '../../../kinds/kind';
import type { WriteContext } from './context';
import { storageName } from './keys';
import type { Registry } from './registry';

/** By kind, since a custom one is another after its definition changed. */
const scopes = new WeakMap<Registry, WeakMap<Kind, Map<string, FieldScope>>>();

/** How writes of the kind are tracked, through the main resource ('') or a subresource. */
export function scopeOf(registry: Registry, kind: Kind, subresource = ''): FieldScope {
  let kinds = scopes.get(registry);
  if (!kinds) scopes.set(registry, (kinds = new WeakMap()));
  let known = kinds.get(kind);
  if (!known) kinds.set(kind, (known = new Map()));
  let scope = known.get(subresource);
  if (!scope) known.set(subresource, (scope = makeScope(registry, kind, subresource)));
  return scope;
}

const makeScope = (registry: Registry, kind: Kind, subresource: string): FieldScope => fieldScope({
  apiVersion: groupVersion(kind), kind: kind.kind, subresource, reset: fieldsOf(...resetPaths(kind, subresource)), convert: converter(registry, kind),
  ...(hasTypeSchema(kind.schema) && { schema: kind.schema }), ...(kind.fieldType && { type: kind.fieldType }),
});

/** Source: GetResetFields of upstream's strategies. */
function resetPaths({ subresources, strategy }: Kind, subresource: string): readonly (readonly string[])[] {
  const more = (part: keyof NonNullable<Strategy['resetFields']>) => strategy.resetFields?.[part] ?? [];
  if (subresource === 'status' || subresource === 'approval') return [['spec'], ...more('status')];
  return subresources?.includes('status') ? [['status'], ...more('main')] : more('main');
}

/** Between the kinds that are stored as one. Where somebody else converts, fields are taken to be called alike in all versions: nobody is asked for this. */
const converter = (registry: Registry, kind: Kind): Convert => (object, apiVersion) => {
  const versions = registry.kinds.all().filter((other) => storageName(other) === storageName(kind));
  const from = versions.find((version) => groupVersion(version) === object.apiVersion) ?? kind;
  const to = versions.find((version) => groupVersion(version) === apiVersion);
  if (!to) return undefined;
  const converted = from.conversion?.ask ? object : convertedBy(from, to, object as unknown as KubeObject);
  return { object: { ...converted, apiVersion, kind: to.kind }, type: scopeOf(registry, to).type };
};

function convertedBy(from: Kind, to: Kind, object: KubeObject): KubeObject {
  const stored = from.conversion?.toStored(object) ?? object;
  return to.conversion?.fromStored(stored) ?? stored;
}

/** Writes down who wrote. Changes the object's metadata. `live` is absent for a new object. */
export function track(registry: Registry, kind: Kind, object: Unstructured, live: Unstructured | undefined, subresource: string | undefined, context: WriteContext): void {
  const managers = managersAfterUpdate(scopeOf(registry, kind, subresource), live, object, context.fieldManager ?? '', timestamp(registry.clock.now()));
  if (managers) object.metadata.managedFields = managers;
  else delete object.metadata.managedFields;
}
