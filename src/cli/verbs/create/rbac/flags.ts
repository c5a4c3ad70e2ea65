import { flagTable } from '../../../flags/spec';
import { createSharedFlags } from '../flags';

export const roleFlags = flagTable({
  ...createSharedFlags,
  'resource': { type: 'list', help: 'What the rule is about: pods, deployments.apps, pods/log.' },
  'resource-name': { type: 'strings', help: 'Only the object of this name; may be repeated.' },
  'verb': { type: 'list', help: 'What is allowed: get, list, watch, create, …' },
});

export const clusterRoleFlags = flagTable({
  ...roleFlags,
  'aggregation-rule': { type: 'pairs', help: 'Take the rules of all cluster roles with these labels: a=b,c=d.' },
  'non-resource-url': { type: 'list', help: 'A path of the server that is no resource: /healthz, /metrics/*.' },
});

const subjectFlags = flagTable({
  'group': { type: 'strings', help: 'A group that gets the role; may be repeated.' },
  'serviceaccount': { type: 'strings', help: 'A service account that gets the role, NAMESPACE:NAME; may be repeated.' },
  'user': { type: 'strings', help: 'A user who gets the role; may be repeated.' },
});

export const clusterRoleBindingFlags = flagTable({
  ...createSharedFlags,
  ...subjectFlags,
  'clusterrole': { type: 'string', help: 'The cluster role to bind.' },
});

export const roleBindingFlags = flagTable({
  ...clusterRoleBindingFlags,
  'role': { type: 'string', help: 'The role to bind.' },
});
