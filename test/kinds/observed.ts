import type { KubeObject } from '../../src/api/meta';
import type { Action } from '../../src/kinds/actions';
import type { Observed } from '../../src/kinds/reconciler';
import type { ResourceRef } from '../../src/kinds/resources';

/** A fixed view of a cluster: pairs of a resource and its objects. */
export function observedOf(...contents: [ResourceRef, readonly KubeObject[]][]): Observed {
  const all = (resource: ResourceRef) => contents.filter(([each]) => each === resource).flatMap(([, objects]) => objects);
  return {
    get: (resource, name, namespace) => all(resource).find(({ metadata }) => metadata.name === name && (metadata.namespace ?? '') === (namespace ?? '')) as never,
    list: (resource, namespace) => all(resource).filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace) as never,
    find: (resource, index, value) => all(resource).filter((object) => index.values(object as never).includes(value)) as never,
  };
}

/** Actions in a line each. */
export function told(actions: readonly Action[]): string[] {
  return actions.flatMap((action) => {
    if (action.type === 'batch') return told(action.actions).map((line) => `batch ${line}`);
    if (action.type === 'event') return [`event ${action.severity} ${action.reason}: ${action.message}`];
    const part = 'subresource' in action && action.subresource ? `/${action.subresource}` : '';
    return [`${action.type} ${action.resource.plural}${part} ${action.object.metadata.name || action.object.metadata.generateName}`];
  });
}
