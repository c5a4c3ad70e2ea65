import { equalGvk, gvkText, isSelectedBy, type Gvk } from './gvk';

/** What identifies a resource; '' for fields that are not set. */
export interface ResId extends Gvk {
  name: string;
  namespace: string;
}

/** Stands for the namespace of what belongs to none. */
export const noNamespace = '_non_namespaceable_';

/** `Deployment.v1.apps/web.[noNs]` */
export const resIdText = (id: ResId): string => `${gvkText(id)}/${id.name || '[noName]'}.${id.namespace || '[noNs]'}`;

/** An unset namespace is the default. */
export const effectiveNamespace = (id: ResId): string => (id.clusterScoped ? noNamespace : id.namespace || 'default');

export const isInSameNamespace = (a: ResId, b: ResId): boolean => effectiveNamespace(a) === effectiveNamespace(b);

export const equalButNamespace = (a: ResId, b: ResId): boolean => a.name === b.name && equalGvk(a, b);

export const equalIds = (a: ResId, b: ResId): boolean => isInSameNamespace(a, b) && equalButNamespace(a, b);

/** Equal to the letter, an unset namespace being another than the default. */
export const identicalIds = (a: ResId, b: ResId): boolean => a.namespace === b.namespace && equalButNamespace(a, b);

/** Empty fields of the selector match anything. */
export const isIdSelectedBy = (id: ResId, selector: ResId): boolean =>
  (!selector.name || selector.name === id.name) && (!selector.namespace || isInSameNamespace(selector, id)) && isSelectedBy(id, selector);

/** `%#v` in Go. */
export function resIdSyntax({ group, version, kind, clusterScoped = false, name, namespace }: ResId): string {
  const [g, v, k, n, ns] = [group, version, kind, name, namespace].map((text) => JSON.stringify(text));
  return `resid.ResId{Gvk:resid.Gvk{Group:${g}, Version:${v}, Kind:${k}, isClusterScoped:${clusterScoped}}, Name:${n}, Namespace:${ns}}`;
}
