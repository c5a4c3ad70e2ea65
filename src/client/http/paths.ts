import type { Resource } from '../client';

/** `/api/v1`, `/apis/apps/v1` */
export function groupVersionPath({ group, version }: { group: string; version: string }): string {
  return [group ? `/apis/${group}` : '/api', ...(version ? [version] : [])].join('/');
}

/** `/apis/apps/v1/namespaces/default/deployments/web/scale`; without a namespace the path spans all of them. */
export function resourcePath(resource: Resource, namespace?: string, name?: string, subresource?: string): string {
  const segments = [
    ...(resource.namespaced && namespace ? ['namespaces', namespace] : []),
    resource.plural,
    ...(name ? [name] : []),
    ...(subresource ? subresource.split('/') : []),
  ];
  return `${groupVersionPath(resource)}/${segments.map(encodeURIComponent).join('/')}`;
}
