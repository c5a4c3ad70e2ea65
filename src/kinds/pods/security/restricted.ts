import type { Volume } from '../../../api/generated/core.v1';
import { isSeccompAllowed, seccompProfile } from './baseline';
import { allContainers, containersText, offenders, plural, quoted, settersText, sorted, type Check, type Rule } from './check';

/** Windows knows none of these fields: its pods are not asked for them. */
const unlessWindows = (rule: Rule): Rule => (spec, metadata) => (spec.os?.name === 'windows' ? undefined : rule(spec, metadata));

const privilegeEscalation: Rule = (spec) => {
  const names = offenders(spec, ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  return names.length ? { reason: 'allowPrivilegeEscalation != false', detail: `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false` } : undefined;
};

const capabilities: Rule = (spec) => {
  const isForbidden = (name: string) => name !== 'NET_BIND_SERVICE';
  const keeping = offenders(spec, ({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'));
  const adding = offenders(spec, ({ securityContext }) => securityContext?.capabilities?.add?.some(isForbidden) ?? false);
  const added = sorted(allContainers(spec).flatMap(({ securityContext }) => securityContext?.capabilities?.add?.filter(isForbidden) ?? []));
  const details = [
    ...(keeping.length ? [`${containersText(keeping)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...(adding.length ? [`${containersText(adding)} must not include ${quoted(added)} in securityContext.capabilities.add`] : []),
  ];
  return details.length ? { reason: 'unrestricted capabilities', detail: details.join('; ') } : undefined;
};

const allowedSources = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];
const knownSources = ['hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd', 'flexVolume', 'cinder', 'cephfs',
  'flocker', 'fc', 'azureFile', 'vsphereVolume', 'quobyte', 'azureDisk', 'photonPersistentDisk', 'portworxVolume', 'scaleIO', 'storageos'];

const has = (volume: Volume, source: string) => (volume as unknown as Record<string, unknown>)[source] !== undefined;

const restrictedVolumes: Rule = ({ volumes = [] }) => {
  const bad = volumes.filter((volume) => !allowedSources.some((source) => has(volume, source)));
  if (!bad.length) return undefined;
  const types = sorted(bad.map((volume) => knownSources.find((source) => has(volume, source)) ?? 'unknown'));
  const names = `${plural('volume', bad.length)} ${quoted(bad.map(({ name }) => name))} ${bad.length === 1 ? 'uses' : 'use'}`;
  return { reason: 'restricted volume types', detail: `${names} ${plural('restricted volume type', types.length)} ${quoted(types)}` };
};

const runAsNonRoot: Rule = (spec) => {
  const reason = 'runAsNonRoot != true';
  const own = spec.securityContext?.runAsNonRoot;
  const explicit = offenders(spec, ({ securityContext }) => securityContext?.runAsNonRoot === false);
  if (own === false || explicit.length) return { reason, detail: `${settersText(own === false, explicit)} must not set securityContext.runAsNonRoot=false` };
  const silent = own ? [] : offenders(spec, ({ securityContext }) => securityContext?.runAsNonRoot === undefined);
  return silent.length ? { reason, detail: `pod or ${containersText(silent)} must set securityContext.runAsNonRoot=true` } : undefined;
};

const runAsUser: Rule = (spec) => {
  const own = spec.securityContext?.runAsUser === 0;
  const names = offenders(spec, ({ securityContext }) => securityContext?.runAsUser === 0);
  return own || names.length ? { reason: 'runAsUser=0', detail: `${settersText(own, names)} must not set runAsUser=0` } : undefined;
};

const seccompRequired: Rule = (spec, metadata) => {
  const explicit = seccompProfile(spec, metadata);
  if (explicit) return explicit;
  const silent = isSeccompAllowed(spec.securityContext?.seccompProfile?.type) ? [] : offenders(spec, ({ securityContext }) => securityContext?.seccompProfile === undefined);
  if (!silent.length) return undefined;
  return { reason: 'seccompProfile', detail: `pod or ${containersText(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"` };
};

/** In the order in which they are reported. After the checks of k8s.io/pod-security-admission/policy. */
export const restrictedChecks: readonly Check[] = [
  { id: 'allowPrivilegeEscalation', versions: [[8, privilegeEscalation], [25, unlessWindows(privilegeEscalation)]] },
  { id: 'capabilities_restricted', versions: [[22, capabilities], [25, unlessWindows(capabilities)]], overrides: 'capabilities_baseline' },
  { id: 'restrictedVolumes', versions: [[0, restrictedVolumes]], overrides: 'hostPathVolumes' },
  { id: 'runAsNonRoot', versions: [[0, runAsNonRoot]] },
  { id: 'runAsUser', versions: [[23, runAsUser]] },
  { id: 'seccompProfile_restricted', versions: [[19, seccompRequired], [25, unlessWindows(seccompRequired)]], overrides: 'seccompProfile_baseline' },
];
