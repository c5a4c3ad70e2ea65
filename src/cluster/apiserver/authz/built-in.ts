import { noOpinion, type Authorizer, type Decision } from './authorizer';

const allowed: Decision = { allowed: true, reason: '' };

/** The group that may everything, whatever the stored policy says: how nobody locks themselves out. */
export const superusers = 'system:masters';

/** Source: NewPrivilegedGroups in k8s.io/apiserver/pkg/authorization/authorizerfactory. */
export const privilegedGroup: Authorizer = {
  authorize: ({ groups }) => (groups.includes(superusers) ? allowed : noOpinion),
};

const alwaysAllowed = new Set(['/healthz', '/livez', '/readyz']);

/** Health is for everybody. Source: --authorization-always-allow-paths. */
export const healthPaths: Authorizer = {
  authorize: (_user, { path, resource }) => (!resource && alwaysAllowed.has(path) ? allowed : noOpinion),
};
