import type { Info } from '../../builder';

/** `deployment.apps`, `pod`: the type in kubectl's words about a deletion. */
export function typeOf({ resource }: Pick<Info, 'resource'>): string {
  const kind = resource.kind.toLowerCase();
  return resource.group ? `${kind}.${resource.group}` : kind;
}

/** `deployments/web`, as the wait for a condition names an object. */
export const nameWithKind = ({ resource, name }: Pick<Info, 'resource' | 'name'>): string => `${resource.plural}/${name}`;
