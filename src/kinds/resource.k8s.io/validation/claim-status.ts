import type { FieldError } from '../../../api/errors';
import type {
  AllocatedDeviceStatus, AllocationResult, DeviceAllocationConfiguration, DeviceRequestAllocationResult, NetworkDeviceData, ResourceClaim, ResourceClaimConsumerReference,
} from '../../../api/generated/resource.v1beta2';
import { forbiddenField, immutable, invalidValue, ShownAs, tooLong, tooMany, validateMetaConditions, type Path } from '../../../api/validation';
import { isIPv4, isIPv6 } from '../../addresses';
import { validateNodeSelector } from '../../pods/validation/scheduling';
import { oneOf, optional, present, type Check } from '../../validating';
import { validateDriverName } from '../../volume-drivers';
import { requestNames, validateRequestName, validateRequestNames } from './claims';
import { bounded, boundedSet, itself, validateConfiguration, validateLabel, validateParameters, validatePoolName } from './common';

const consumersMax = 256;
const resultsMax = 32;
/** Of the class and of the claim. */
const configurationsMax = 64;
const conditionsMax = 8;
const [interfaceMax, hardwareAddressMax, addressesMax] = [256, 128, 16];

interface DeviceId {
  readonly driver: string;
  readonly pool: string;
  readonly device: string;
}

const idOf = ({ driver, pool, device }: DeviceId) => `${driver}/${pool}/${device}`;

const validateConsumer: Check<ResourceClaimConsumerReference> = ({ resource, name, uid }, path) => [
  ...present(resource, `${path}.resource`), ...present(name, `${path}.name`), ...present(uid, `${path}.uid`),
];

const validateDevice: Check<DeviceId> = ({ driver, pool, device }, path) => [
  ...validateDriverName(driver, `${path}.driver`), ...validatePoolName(pool, `${path}.pool`), ...validateLabel(device, `${path}.device`),
];

const validateResult = (names: ReadonlySet<string>): Check<DeviceRequestAllocationResult> => (result, path) => [
  ...validateRequestName(names)(result.request, `${path}.request`), ...validateDevice(result, path),
];

const validateSource = (names: ReadonlySet<string>): Check<DeviceAllocationConfiguration> => (configuration, path) => [
  ...oneOf(configuration.source, ['FromClaim', 'FromClass'], `${path}.source`),
  ...validateRequestNames(configuration.requests, names, `${path}.requests`),
  ...validateConfiguration(configuration, path),
];

const validateAllocation = (names: ReadonlySet<string>): Check<AllocationResult> => ({ devices, nodeSelector }, path) => [
  ...bounded(devices?.results, resultsMax, `${path}.devices.results`, validateResult(names)),
  ...bounded(devices?.config, configurationsMax, `${path}.devices.config`, validateSource(names)),
  ...optional(nodeSelector, `${path}.nodeSelector`, validateNodeSelector),
];

const mustBeInterface = 'must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)';

/** Wording: IsValidInterfaceAddress. */
const validateAddress: Check<string> = (address, path) => {
  const [ip = '', bits, ...more] = address.split('/');
  const bitsMax = isIPv4(ip) ? 32 : isIPv6(ip) ? 128 : -1;
  const fits = /^\d+$/.test(bits ?? '') && Number(bits) <= bitsMax && !more.length;
  return fits ? [] : [invalidValue(path, address, mustBeInterface)];
};

const validateNetwork: Check<NetworkDeviceData> = ({ interfaceName = '', hardwareAddress = '', ips }, path) => [
  ...(interfaceName.length > interfaceMax ? [tooLong(`${path}.interfaceName`, interfaceMax)] : []),
  ...(hardwareAddress.length > hardwareAddressMax ? [tooLong(`${path}.hardwareAddress`, hardwareAddressMax)] : []),
  ...boundedSet(ips, addressesMax, `${path}.ips`, validateAddress, itself),
];

const validateDeviceStatus = (allocated: ReadonlySet<string>): Check<AllocatedDeviceStatus> => (status, path) => [
  ...validateDevice(status, path),
  ...(allocated.has(idOf(status)) ? [] : [invalidValue(path, new ShownAs(idOf(status)), 'must be an allocated device in the claim')]),
  ...((status.conditions?.length ?? 0) > conditionsMax ? [tooMany(`${path}.conditions`, status.conditions!.length, conditionsMax)] : []),
  ...validateMetaConditions(status.conditions, `${path}.conditions`),
  ...optional(status.data, `${path}.data`, (data, at) => validateParameters(data, at)),
  ...optional(status.networkData, `${path}.networkData`, validateNetwork),
];

function validateReservations({ metadata, status = {} }: ResourceClaim, { status: before = {} }: ResourceClaim, path: Path): FieldError[] {
  if (!status.reservedFor?.length) return [];
  if (!status.allocation) return [forbiddenField(path, 'may not be specified when `allocated` is not set')];
  const known = new Set(before.reservedFor?.map(({ uid }) => uid));
  return metadata.deletionTimestamp && status.reservedFor.some(({ uid }) => !known.has(uid))
    ? [forbiddenField(path, 'new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set')] : [];
}

/** After ValidateResourceClaimStatusUpdate. */
export function validateClaimStatus(claim: ResourceClaim, old: ResourceClaim): FieldError[] {
  const { spec, status = {} } = claim;
  const allocated = new Set(status.allocation?.devices?.results?.map(idOf));
  const before = old.status?.allocation;
  return [
    ...boundedSet(status.reservedFor, consumersMax, 'status.reservedFor', validateConsumer, ({ uid }) => uid, 'uid'),
    ...boundedSet(status.devices, Infinity, 'status.devices', validateDeviceStatus(allocated), idOf, 'deviceID'),
    ...validateReservations(claim, old, 'status.reservedFor'),
    ...(before && status.allocation ? immutable('status.allocation', status.allocation, before)
      : optional(status.allocation, 'status.allocation', validateAllocation(requestNames(spec.devices ?? {})))),
  ];
}
