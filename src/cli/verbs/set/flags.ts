import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, recordFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

const shared = flagTable({
  ...outputFlags,
  ...filenameFlags,
  ...dryRunFlags,
  ...fieldManagerFlags('kubectl-set'),
  'all': { type: 'bool', help: 'All objects of the types in the namespace.' },
  'local': { type: 'bool', help: 'Change the objects of the files and print them; do not ask the server.' },
});

export const setImageFlags = flagTable({ ...shared, ...recordFlags, ...selectorFlags });

export const setResourcesFlags = flagTable({
  ...shared,
  ...recordFlags,
  ...selectorFlags,
  'containers': { type: 'string', short: 'c', default: '*', help: 'The containers to change; may hold wildcards.' },
  'limits': { type: 'string', help: 'Limits of the containers: cpu=200m,memory=512Mi.' },
  'requests': { type: 'string', help: 'Requests of the containers: cpu=100m,memory=256Mi.' },
});

export const setEnvFlags = flagTable({
  ...shared,
  ...selectorFlags,
  'containers': { type: 'string', short: 'c', default: '*', help: 'The containers to change; may hold wildcards.' },
  'env': { type: 'strings', short: 'e', help: 'A variable to set: NAME=VALUE.' },
  'from': { type: 'string', help: 'A ConfigMap or Secret to take variables from: configmap/NAME.' },
  'keys': { type: 'list', help: 'With --from: only these keys.' },
  'list': { type: 'bool', help: 'Show the variables, changes included; change nothing.' },
  'overwrite': { type: 'bool', default: true, help: 'Allow existing variables to be overwritten.' },
  'prefix': { type: 'string', help: 'Put this before the names of the variables.' },
  'resolve': { type: 'bool', help: 'With --list: show the values behind references.' },
});

export const setServiceAccountFlags = flagTable({ ...shared, ...recordFlags });

export const setSubjectFlags = flagTable({
  ...shared,
  ...selectorFlags,
  'group': { type: 'list', help: 'Groups to bind to the role.' },
  'serviceaccount': { type: 'list', help: 'Service accounts to bind to the role: NAMESPACE:NAME.' },
  'user': { type: 'list', help: 'Users to bind to the role.' },
});

export const setSelectorFlags = flagTable({
  ...recordFlags,
  ...outputFlags,
  ...dryRunFlags,
  ...fieldManagerFlags('kubectl-set'),
  'all': { type: 'bool', help: 'All objects of the types in the namespace.' },
  'filename': { type: 'list', short: 'f', help: 'Manifest: a file, a directory, or - for standard input.' },
  'local': { type: 'bool', help: 'Change the objects of the files and print them; do not ask the server.' },
  'recursive': { type: 'bool', short: 'R', default: true, help: 'Look for manifests in the directories of directories too.' },
  'resource-version': { type: 'string', help: 'Change the object only in this version. For a single object.' },
});
