import type { Authorizer } from './authorizer';

const superuserGroups = ['system:masters', 'system:nodes'];

/** Paths that the cluster roles system:discovery and system:public-info-viewer open. */
const discoveryPaths = /^\/(api|apis|openapi|version|healthz|livez|readyz)(\/.*)?$/;
const reviews = new Set(['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews']);

/** Administrators and nodes may everything; whoever is authenticated may find out what there is. */
export const builtInAuthorizer: Authorizer = {
  authorize({ groups }, { path, verb, resource }) {
    if (superuserGroups.some((group) => groups.includes(group))) return 'allow';
    if (!groups.includes('system:authenticated')) return !resource && isPublic(path) ? 'allow' : 'no opinion';
    if (resource) return verb === 'create' && reviews.has(resource.resource) ? 'allow' : 'no opinion';
    return verb === 'get' && discoveryPaths.test(path) ? 'allow' : 'no opinion';
  },
};

/** Open to everybody, as upstream: system:public-info-viewer. */
export const isPublic = (path: string): boolean => /^\/(version|healthz|livez|readyz)\/?$/.test(path);
