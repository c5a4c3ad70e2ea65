import type { FlagValues } from '../../../flags/spec';
import type { Session } from '../../../session';
import type { Generator } from '../generator';
import { clusterRoleFlags, roleFlags } from './flags';
import { rbac } from './resources';
import { checkResources, checkNonResourceUrls, resourceSpecs, rulesOf, uniqueVerbs, warnOfVerbs } from './rules';

/** After create_role.go. */
export const role: Generator<typeof roleFlags> = {
  path: 'create role', flags: roleFlags, ...rbac('Role', 'roles', true),
  make: async ({ flags }, session) => {
    const verbs = uniqueVerbs(flags.verb);
    if (!verbs.length) throw new Error('at least one verb must be specified');
    warnOfVerbs(verbs, session.streams.err);
    const resources = resourceSpecs(flags.resource);
    if (!resources.length) throw new Error('at least one resource must be specified');
    const discovery = await session.discovery();
    await checkResources(resources, verbs, discovery);
    return { rules: await rulesOf({ verbs, resources, resourceNames: [...new Set(flags['resource-name'])], urls: [] }, discovery) };
  },
};

/** After create_clusterrole.go. */
export const clusterRole: Generator<typeof clusterRoleFlags> = {
  path: 'create clusterrole', flags: clusterRoleFlags, ...rbac('ClusterRole', 'clusterroles', false),
  make: async ({ flags }, session) => {
    const labels = flags['aggregation-rule'];
    if (!labels.length) return { rules: await clusterRules(flags, session) };
    if (flags['non-resource-url'].length || flags.verb.length || flags.resource.length || flags['resource-name'].length) {
      throw new Error('aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames');
    }
    return { rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels: Object.fromEntries(labels.map(pairOf)) }] } };
  },
};

async function clusterRules(flags: FlagValues<typeof clusterRoleFlags>, session: Session) {
  const verbs = uniqueVerbs(flags.verb);
  if (!verbs.length) throw new Error('at least one verb must be specified');
  const resources = resourceSpecs(flags.resource);
  const urls = [...new Set(flags['non-resource-url'])];
  if (!resources.length && !urls.length) throw new Error('one of resource or nonResourceURL must be specified');
  if (resources.length) {
    warnOfVerbs(verbs, session.streams.err);
    await checkResources(resources, verbs, await session.discovery());
  }
  if (urls.length) checkNonResourceUrls(urls, verbs);
  return rulesOf({ verbs, resources, resourceNames: [...new Set(flags['resource-name'])], urls }, resources.length ? await session.discovery() : undefined);
}

const pairOf = (text: string): [string, string] => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
