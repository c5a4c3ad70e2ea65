import { canonicalQuantity, parseQuantity } from '../../api/quantity';
import type { EphemeralVolumeSource, Volume, VolumeProjection, VolumeSource } from '../../api/generated/core.v1';
import { describeClaim } from './claim';
import { nested, type Write } from './writer';
import { describeSource, type VolumeText } from './volume-text';
import { vendorVolumes } from './volumes-vendor';

const isOptional = ({ optional }: { optional?: boolean }) => optional ?? false;

function sizeLimitText(limit: string | undefined): string {
  return limit !== undefined && parseQuantity(limit).unscaled > 0n ? canonicalQuantity(limit) : '<unset>';
}

function projectionFields({ secret, downwardAPI, configMap, serviceAccountToken }: VolumeProjection): readonly (readonly [string, string | number | boolean])[] {
  if (secret) return [['SecretName', secret.name ?? ''], ['Optional', isOptional(secret)]];
  if (downwardAPI) return [['DownwardAPI', true]];
  if (configMap) return [['ConfigMapName', configMap.name ?? ''], ['Optional', isOptional(configMap)]];
  return serviceAccountToken ? [['TokenExpirationSeconds', serviceAccountToken.expirationSeconds ?? 3600]] : [];
}

function describeClaimTemplate(write: Write, { volumeClaimTemplate: template }: EphemeralVolumeSource): void {
  if (template) describeClaim(nested(write, 2), { metadata: { name: '', ...template.metadata }, spec: template.spec }, undefined);
}

export const volumes: { [Kind in keyof VolumeSource]?: VolumeText<NonNullable<VolumeSource[Kind]>> } = {
  hostPath: {
    type: 'HostPath (bare host directory volume)',
    fields: ({ path, type }) => [['Path', path], ['HostPathType', type ?? '<none>']],
  },
  emptyDir: {
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    fields: ({ medium, sizeLimit }) => [['Medium', medium], ['SizeLimit', sizeLimitText(sizeLimit)]],
  },
  secret: {
    type: 'Secret (a volume populated by a Secret)',
    fields: (secret) => [['SecretName', secret.secretName], ['Optional', isOptional(secret)]],
  },
  configMap: {
    type: 'ConfigMap (a volume populated by a ConfigMap)',
    fields: (config) => [['Name', config.name], ['Optional', isOptional(config)]],
  },
  nfs: {
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    fields: ({ server, path, readOnly = false }) => [['Server', server], ['Path', path], ['ReadOnly', readOnly]],
  },
  persistentVolumeClaim: {
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    fields: ({ claimName, readOnly = false }) => [['ClaimName', claimName], ['ReadOnly', readOnly]],
  },
  ephemeral: {
    type: 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
    fields: () => [],
    more: describeClaimTemplate,
  },
  downwardAPI: {
    type: 'DownwardAPI (a volume populated by information about the pod)',
    fields: () => [],
    more(write, { items }) {
      write(2, 'Items:\n');
      for (const { fieldRef, resourceFieldRef, path } of items ?? []) {
        if (fieldRef) write(3, `${fieldRef.fieldPath} -> ${path}\n`);
        if (resourceFieldRef) write(3, `${resourceFieldRef.resource} -> ${path}\n`);
      }
    },
  },
  projected: {
    type: 'Projected (a volume that contains injected data from multiple sources)',
    fields: ({ sources }) => (sources ?? []).flatMap(projectionFields),
  },
  image: {
    type: 'Image (a container image or OCI artifact)',
    fields: ({ reference, pullPolicy }) => [['Reference', reference], ['PullPolicy', pullPolicy]],
  },
  ...vendorVolumes,
};

/** `space` is two spaces in a template. */
export function describeVolumes(write: Write, list: readonly Volume[] | undefined, space: string): void {
  if (!list?.length) return write(0, `${space}Volumes:\t<none>\n`);
  write(0, `${space}Volumes:\n`);
  for (const volume of list) {
    write(1, `${space && ' '}${volume.name}:\n`);
    describeSource(write, volume as VolumeSource, volumes);
  }
}
