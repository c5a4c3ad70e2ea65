import type { DeviceClaim, DeviceSubRequest, ExactDeviceRequest } from '../../api/generated/resource.v1beta2';

function setRequestDefaults(request: ExactDeviceRequest | DeviceSubRequest): void {
  request.allocationMode ||= 'ExactCount';
  if (request.allocationMode === 'ExactCount') request.count ||= 1;
}

/** After SetDefaults_ExactDeviceRequest and SetDefaults_DeviceSubRequest of pkg/apis/resource/v1beta2/defaults.go. */
export function setClaimDefaults(claim: DeviceClaim | undefined): void {
  for (const { exactly, firstAvailable } of claim?.requests ?? []) {
    if (exactly) setRequestDefaults(exactly);
    firstAvailable?.forEach(setRequestDefaults);
  }
}
