import type { KubeObject } from '../../../api/meta';
import type { ResourceRef } from '../../../kinds/resources';
import { storageName } from '../registry/keys';
import type { AdmissionRequest, Registry } from '../registry/registry';

type Located = Pick<ResourceRef, 'group' | 'plural'>;

/** In whichever version. */
export const isAbout = ({ kind }: AdmissionRequest, { group, plural }: ResourceRef): boolean => storageName(kind) === `${group}/${plural}`;

/** What a create or an update of the resource itself, of none of its subresources, brings. */
export const objectOf = <T extends KubeObject>(request: AdmissionRequest, resource: ResourceRef<T>): T | undefined =>
  !request.subresource && isAbout(request, resource) ? request.object as unknown as T | undefined : undefined;

/** The stored objects of a resource, of one namespace where it has them, by name. They are shared: never change them. */
export function storedObjects<T extends KubeObject = KubeObject>({ store }: Registry, { group, plural }: ResourceRef<T> | Located, namespace?: string): T[] {
  return store.list(`${group}/${plural}/${namespace ? `${namespace}/` : ''}`).entries.map(({ object }) => object as unknown as T);
}

export const storedObject = <T extends KubeObject>({ store }: Registry, { group, plural }: ResourceRef<T>, name: string, namespace?: string): T | undefined =>
  store.get(`${group}/${plural}/${namespace ? `${namespace}/` : ''}${name}`)?.object as T | undefined;

/** As Go joins several errors: `[a, b]`, each once. Source: k8s.io/apimachinery/pkg/util/errors.NewAggregate. */
export function aggregateText(texts: readonly string[]): string {
  const all = [...new Set(texts)];
  return all.length === 1 ? all[0]! : `[${all.join(', ')}]`;
}
