import type { Resource } from '../../client/client';

const core = (plural: string, namespaced = true): Resource => ({ group: '', version: 'v1', plural, namespaced });

export const pods = core('pods');
export const services = core('services');
export const configMaps = core('configmaps');
export const secrets = core('secrets');
export const claims = core('persistentvolumeclaims');
export const persistentVolumes = core('persistentvolumes', false);
export const serviceAccounts = core('serviceaccounts');
export const nodes = core('nodes', false);
export const leases: Resource = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases', namespaced: true };
