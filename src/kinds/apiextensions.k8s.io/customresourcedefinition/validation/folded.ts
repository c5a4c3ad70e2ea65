import { deepEqual } from '../../../../api/equal';
import type { CustomResourceDefinitionSpec, CustomResourceDefinitionVersion } from '../../../../api/generated/apiextensions.v1';

/** What a version says about its resource beside its name. */
export type VersionParts = Pick<CustomResourceDefinitionVersion, 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields'>;

const parts = ['schema', 'subresources', 'additionalPrinterColumns', 'selectableFields'] as const;

export interface Folded {
  /** What all versions say alike: errors about it are told of the spec itself. */
  readonly common: VersionParts;
  /** The versions without that. */
  readonly versions: readonly CustomResourceDefinitionVersion[];
}

/** Upstream checks definitions in its internal form. Source: Convert_v1_CustomResourceDefinitionSpec_To_apiextensions_CustomResourceDefinitionSpec. */
export function folded({ versions }: CustomResourceDefinitionSpec): Folded {
  const [first] = versions;
  const isAlike = (part: (typeof parts)[number]) => versions.every((version) => deepEqual(version[part] ?? undefined, first?.[part] ?? undefined));
  // Upstream folds fields without the schemas that have them, and then refuses them for that: here they stay together.
  const alike = parts.filter((part) => isAlike(part) && (part !== 'selectableFields' || isAlike('schema')));
  return {
    common: Object.fromEntries(alike.flatMap((part) => (first?.[part] ? [[part, first[part]]] : []))) as VersionParts,
    versions: versions.map((version) => Object.fromEntries(Object.entries(version).filter(([field]) => !alike.some((part) => part === field))) as unknown as CustomResourceDefinitionVersion),
  };
}
