import type { DeviceClass, ResourceClaim, ResourceClaimTemplate, ResourceSlice } from '../../api/generated/resource.v1beta2';
import type { KubeObject } from '../../api/meta';
import { immutable } from '../../api/validation';
import type { Kind, Strategy } from '../kind';
import { age } from '../printing';
import { otherVersion } from '../versions/other-version';
import { claimConversion, sliceConversion, templateConversion } from './conversion';
import { setClaimDefaults } from './defaults';
import { validateClaimStatus } from './validation/claim-status';
import { validateClaim, validateClaimTemplate, validateClass } from './validation/claims';
import { validateSlice, validateSliceUpdate } from './validation/slices';

/** What every kind of the group has. Stored in v1beta2. */
const common = <T extends KubeObject>(kind: string, plural: string, namespaced: boolean, strategy: Strategy<T>) => ({
  group: 'resource.k8s.io', version: 'v1beta2', kind, plural, singular: kind.toLowerCase(), namespaced, strategy,
  schema: `io.k8s.api.resource.v1beta2.${kind}`, unenforced: true as const,
});

/** `allocated,reserved` */
function claimState({ metadata, status }: ResourceClaim): string {
  const isDeleted = metadata.deletionTimestamp !== undefined;
  if (!status?.allocation) return isDeleted ? 'deleted' : 'pending';
  return [...(isDeleted ? ['deleted'] : []), 'allocated', ...(status.reservedFor?.length ? ['reserved'] : [])].join(',');
}

const resourceClaim: Kind<ResourceClaim> = {
  ...common<ResourceClaim>('ResourceClaim', 'resourceclaims', true, {
    setDefaults: ({ spec }) => setClaimDefaults(spec.devices),
    prepareForCreate(claim) {
      delete claim.status;
    },
    validate: validateClaim,
    validateUpdate: ({ spec }, old) => immutable('spec', spec, old.spec),
    validateStatusUpdate: validateClaimStatus,
    generationOf: () => undefined,
  }),
  subresources: ['status'],
  columns: [{ name: 'State', value: claimState }, age],
};

const resourceClaimTemplate: Kind<ResourceClaimTemplate> = {
  ...common<ResourceClaimTemplate>('ResourceClaimTemplate', 'resourceclaimtemplates', true, {
    setDefaults: ({ spec }) => setClaimDefaults(spec.spec.devices),
    validate: validateClaimTemplate,
    validateUpdate: ({ spec }, old) => immutable('spec', spec, old.spec),
    generationOf: () => undefined,
  }),
  columns: [age],
};

const deviceClass: Kind<DeviceClass> = {
  ...common<DeviceClass>('DeviceClass', 'deviceclasses', false, { validate: validateClass }),
  columns: [age],
};

const resourceSlice: Kind<ResourceSlice> = {
  ...common<ResourceSlice>('ResourceSlice', 'resourceslices', false, { validate: validateSlice, validateUpdate: validateSliceUpdate }),
  selectableFields: { 'spec.nodeName': ({ spec }) => spec.nodeName ?? '', 'spec.driver': ({ spec }) => spec.driver },
  columns: [
    { name: 'Node', value: ({ spec }) => spec.nodeName ?? '' },
    { name: 'Driver', value: ({ spec }) => spec.driver },
    { name: 'Pool', value: ({ spec }) => spec.pool.name },
    age,
  ],
};

const flat = { version: 'v1beta1', types: 'resource.v1beta1' };

/** Dynamic resource allocation: stored, and nothing acts on it. */
export const resourceKinds: readonly Kind[] = [
  deviceClass, resourceClaim, resourceClaimTemplate, resourceSlice,
  otherVersion(deviceClass as Kind, flat),
  otherVersion(resourceClaim as Kind, { ...flat, conversion: claimConversion }),
  otherVersion(resourceClaimTemplate as Kind, { ...flat, conversion: templateConversion }),
  otherVersion(resourceSlice as Kind, { ...flat, conversion: sliceConversion }),
];
