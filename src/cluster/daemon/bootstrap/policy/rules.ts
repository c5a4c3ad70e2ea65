import type { PolicyRule } from '../../../../api/generated/rbac.v1';

export type NamedRules = readonly [name: string, rules: readonly PolicyRule[]];

export const read = 'get list watch';
export const write = 'create delete deletecollection patch update';
export const readWrite = 'create delete deletecollection get list patch update watch';

const words = (text: string) => text.split(' ');

/** Lists are written as words; the group `core` is the one without a name. */
export const allow = (verbs: string, groups: string, resources: string, names?: string): PolicyRule => ({
  verbs: words(verbs),
  apiGroups: words(groups).map((group) => (group === 'core' ? '' : group)),
  resources: words(resources),
  ...(names && { resourceNames: words(names) }),
});

export const urls = (verbs: string, paths: string): PolicyRule => ({ verbs: words(verbs), nonResourceURLs: words(paths) });

export const recordEvents = allow('create patch update', 'core events.k8s.io', 'events');
