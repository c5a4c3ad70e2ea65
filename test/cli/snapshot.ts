import type { ApiResource, Snapshot } from '../../src/client/discovery';

const all = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export function resource(group: string, version: string, plural: string, kind: string, more: Partial<ApiResource> = {}): ApiResource {
  return { group, version, plural, kind, singular: kind.toLowerCase(), namespaced: true, shortNames: [], categories: [], verbs: all, subresources: ['status'], ...more };
}

/** A server with a few kinds, among them some whose names meet. */
export const snapshot: Snapshot = {
  groups: [{ name: '', versions: ['v1'] }, { name: 'apps', versions: ['v1'] }, { name: 'events.k8s.io', versions: ['v1'] }, { name: 'stable.example.com', versions: ['v2', 'v1'] }],
  resources: [
    resource('', 'v1', 'configmaps', 'ConfigMap', { shortNames: ['cm'], subresources: [] }),
    resource('', 'v1', 'events', 'Event', { shortNames: ['ev'] }),
    resource('', 'v1', 'namespaces', 'Namespace', { shortNames: ['ns'], namespaced: false }),
    resource('', 'v1', 'pods', 'Pod', { shortNames: ['po'], categories: ['all'] }),
    resource('apps', 'v1', 'deployments', 'Deployment', { shortNames: ['deploy'], categories: ['all'], subresources: ['scale', 'status'] }),
    resource('events.k8s.io', 'v1', 'events', 'Event', { shortNames: ['ev'] }),
    resource('stable.example.com', 'v2', 'crontabs', 'CronTab', { shortNames: ['ct'] }),
    resource('stable.example.com', 'v1', 'crontabs', 'CronTab', { shortNames: ['ct'] }),
  ],
};
