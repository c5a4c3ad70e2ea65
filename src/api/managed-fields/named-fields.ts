import { isMember, type FieldSet } from './field-set';
import { buildNode } from './node';
import type { PathElement } from './path-element';
import type { Type } from './types';

/**
 * The set with the declared fields above its members as members of their own: `a` for `a.b.c`, but not `a.b` where `b`
 * is an entry of a map. Source: Set.EnsureNamedFieldsAreMembers.
 */
export const withNamedFields = (set: FieldSet, type: Type | undefined): FieldSet => buildNode(false, namedChildren(set, type));

function namedChildren(set: FieldSet, type: Type | undefined): [PathElement, FieldSet][] {
  return Object.entries(set).filter(([element]) => element !== '.').map(([element, node]) => {
    const below = namedChildren(node, typeBelow(type, element));
    const member = isMember(node) || (below.length > 0 && element.startsWith('f:') && type?.map?.field(element.slice(2)) !== undefined);
    return [element, buildNode(member, below)];
  });
}

function typeBelow(type: Type | undefined, element: PathElement): Type | undefined {
  if (element.startsWith('f:')) return type?.map?.field(element.slice(2))?.type ?? type?.map?.element;
  return element.startsWith('k:') ? type?.list?.element : undefined;
}
