import { flagTable } from '../../flags/spec';

const forPlugins = 'Accepted for kubectl\'s sake: plugins that run programs are refused.';
const forHelm = 'Accepted for kubectl\'s sake: helm charts are refused.';

export const kustomizeFlags = flagTable({
  'as-current-user': { type: 'bool', help: forPlugins, hidden: true },
  'enable-alpha-plugins': { type: 'bool', help: forPlugins, hidden: true },
  'enable-helm': { type: 'bool', help: forHelm, hidden: true },
  'enable-managedby-label': { type: 'bool', help: 'Use managedByLabel in buildMetadata instead.', hidden: true },
  'env': { type: 'strings', short: 'e', help: forPlugins, hidden: true },
  'helm-api-versions': { type: 'strings', help: forHelm, hidden: true },
  'helm-command': { type: 'string', default: 'helm', help: forHelm, hidden: true },
  'helm-debug': { type: 'bool', help: forHelm, hidden: true },
  'helm-kube-version': { type: 'string', help: forHelm, hidden: true },
  'load-restrictor': { type: 'string', default: 'LoadRestrictionsRootOnly', help: 'LoadRestrictionsNone lets kustomizations read files outside of their directories.' },
  'mount': { type: 'strings', help: forPlugins, hidden: true },
  'network': { type: 'bool', help: forPlugins, hidden: true },
  'network-name': { type: 'string', default: 'bridge', help: forPlugins, hidden: true },
  'output': { type: 'string', short: 'o', help: 'Write to this file, or one file for each object into this directory.' },
  'reorder': { type: 'string', default: 'legacy', help: 'Use sortOptions in the kustomization instead.', hidden: true },
});
