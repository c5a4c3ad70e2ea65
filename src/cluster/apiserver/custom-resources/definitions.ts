import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';
import type { Kind } from '../../../kinds/kind';
import { getEntry } from '../registry/get';
import { keyPrefix } from '../registry/keys';
import type { Registry } from '../registry/registry';
import type { Entry } from '../../store';

const resource = { group: 'apiextensions.k8s.io', version: 'v1', resource: 'customresourcedefinitions' };

/** The kind of definitions themselves; undefined in a server without it. */
export const definitionKind = (registry: Registry): Kind | undefined => registry.kinds.find(resource);

export const definitionOf = ({ object }: Entry): CustomResourceDefinition => object as unknown as CustomResourceDefinition;

export const allDefinitions = (registry: Registry, kind: Kind): CustomResourceDefinition[] =>
  registry.store.list(keyPrefix(kind)).entries.map(definitionOf);

/** Undefined when there is none of that name. */
export function findDefinition(registry: Registry, kind: Kind, name: string): CustomResourceDefinition | undefined {
  return registry.store.get(`${keyPrefix(kind)}${name}`) && definitionOf(getEntry(registry, kind, undefined, name));
}

/** Where the objects of a definition are stored. */
export const instancePrefix = ({ spec }: CustomResourceDefinition): string => `${spec.group}/${spec.names.plural}/`;
