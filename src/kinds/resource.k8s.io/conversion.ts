import type { DeviceClaim as FlatClaim, DeviceRequest as FlatRequest, ResourceClaim as FlatResourceClaim, ResourceClaimTemplate as FlatTemplate, ResourceSlice as FlatSlice } from '../../api/generated/resource.v1beta1';
import type { DeviceClaim, DeviceRequest, ResourceClaim, ResourceClaimTemplate, ResourceSlice } from '../../api/generated/resource.v1beta2';
import type { KubeObject } from '../../api/meta';
import type { Conversion } from '../kind';

const flatVersion = 'resource.k8s.io/v1beta1';
const storedVersion = 'resource.k8s.io/v1beta2';

/** v1beta1 has the fields of an exact request beside its name; one that names alternatives has none of them. */
function flatRequest({ exactly, ...request }: DeviceRequest): FlatRequest {
  return { ...request, ...exactly } as FlatRequest;
}

function exactRequest(request: FlatRequest): DeviceRequest {
  const { name, firstAvailable, ...exactly } = request;
  // A field that is empty was not given: decoding sets required ones.
  const isGiven = Object.values(exactly).some((value) => value !== undefined && value !== null && value !== '' && value !== 0);
  return { name, ...(isGiven && { exactly }), ...(firstAvailable && { firstAvailable }) } as DeviceRequest;
}

const flatClaim = (claim: DeviceClaim): FlatClaim => ({ ...claim, ...(claim.requests && { requests: claim.requests.map(flatRequest) }) } as FlatClaim);
const exactClaim = (claim: FlatClaim): DeviceClaim => ({ ...claim, ...(claim.requests && { requests: claim.requests.map(exactRequest) }) } as DeviceClaim);

interface Claiming<D> {
  readonly devices?: D;
}

const ofSpec = <A, B, S extends Claiming<A>>(spec: S, change: (claim: A) => B) => ({ ...spec, ...(spec?.devices && { devices: change(spec.devices) }) });

/** After pkg/apis/resource/v1beta1/conversion.go. */
export const claimConversion: Conversion = {
  fromStored(object) {
    const claim = object as ResourceClaim;
    return { ...claim, apiVersion: flatVersion, spec: ofSpec(claim.spec, flatClaim) } as KubeObject;
  },
  toStored(object) {
    const claim = object as FlatResourceClaim;
    return { ...claim, apiVersion: storedVersion, spec: ofSpec(claim.spec, exactClaim) } as KubeObject;
  },
};

export const templateConversion: Conversion = {
  fromStored(object) {
    const template = object as ResourceClaimTemplate;
    return { ...template, apiVersion: flatVersion, spec: { ...template.spec, spec: ofSpec(template.spec.spec, flatClaim) } } as KubeObject;
  },
  toStored(object) {
    const template = object as FlatTemplate;
    return { ...template, apiVersion: storedVersion, spec: { ...template.spec, spec: ofSpec(template.spec.spec, exactClaim) } } as KubeObject;
  },
};

/** v1beta1 has what a device is in `basic`. */
export const sliceConversion: Conversion = {
  fromStored(object) {
    const slice = object as ResourceSlice;
    const devices = slice.spec.devices?.map(({ name, ...basic }) => ({ name, basic }));
    return { ...slice, apiVersion: flatVersion, spec: { ...slice.spec, ...(devices && { devices }) } } as KubeObject;
  },
  toStored(object) {
    const slice = object as FlatSlice;
    const devices = slice.spec.devices?.map(({ basic, ...device }) => ({ ...device, ...basic }));
    return { ...slice, apiVersion: storedVersion, spec: { ...slice.spec, ...(devices && { devices }) } } as KubeObject;
  },
};
