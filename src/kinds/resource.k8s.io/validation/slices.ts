import type { FieldError } from '../../../api/errors';
import type {
  Counter, CounterSet, Device, DeviceAttribute, DeviceCounterConsumption, ResourcePool, ResourceSlice, ResourceSliceSpec,
} from '../../../api/generated/resource.v1beta2';
import { parseSemver } from '../../../api/semver';
import {
  immutable, invalidEach, invalidValue, isDNS1123Label, isDNS1123Subdomain, key as keyed, nameIsDNSSubdomain, required, ShownAs, tooLong, validateObjectMeta, type Path,
} from '../../../api/validation';
import { validateNodeSelector } from '../../pods/validation/scheduling';
import { optional, present, requiredBy, type Check } from '../../validating';
import { validateDriverName } from '../../volume-drivers';
import { bounded, boundedSet, validateLabel, validatePoolName, validateQualifiedName, validateTaint } from './common';

const devicesMax = 128;
const attributesAndCapacitiesMax = 32;
const valueBytesMax = 64;
const taintsMax = 4;
const sharedCountersMax = 32;
const consumedCountersMax = 1024;

function validatePool({ name, resourceSliceCount, generation = 0 }: Partial<ResourcePool>, path: Path): FieldError[] {
  return [
    ...validatePoolName(name, `${path}.name`),
    ...((resourceSliceCount ?? 0) > 0 ? [] : [invalidValue(`${path}.resourceSliceCount`, resourceSliceCount ?? 0, 'must be greater than zero')]),
    ...(generation < 0 ? [invalidValue(`${path}.generation`, generation, 'must be greater than or equal to zero')] : []),
  ];
}

type Placed = Pick<ResourceSliceSpec, 'nodeName' | 'nodeSelector' | 'allNodes' | 'perDeviceNodeSelection'>;

const isSet = (value: unknown) => value !== undefined && value !== '' && value !== false;

/** Names of the fields that say where something is, in upstream's order. */
const givenPlaces = (of: Placed): string[] => (['nodeName', 'nodeSelector', 'allNodes', 'perDeviceNodeSelection'] as const).filter((field) => isSet(of[field])).map((field) => `\`${field}\``);

function validatePlaces(of: Placed, path: Path, emptyName: string): FieldError[] {
  const { nodeName, nodeSelector } = of;
  const untrue = (['allNodes', 'perDeviceNodeSelection'] as const).filter((field) => of[field] === false);
  return [
    ...(nodeName === '' ? [invalidValue(`${path}.nodeName`, '', emptyName)] : nodeName === undefined ? [] : invalidEach(`${path}.nodeName`, nodeName, isDNS1123Subdomain(nodeName))),
    ...optional(nodeSelector, `${path}.nodeSelector`, validateNodeSelector),
    ...untrue.map((field) => invalidValue(`${path}.${field}`, false, 'must be either unset or set to true')),
  ];
}

function exactlyOne(of: Placed, path: Path, sentence: string, sentenceOfMany: string): FieldError[] {
  const given = givenPlaces(of);
  if (given.length === 1) return [];
  return given.length ? [invalidValue(path, `{${given.join(', ')}}`, sentenceOfMany)] : [required(path, sentence)];
}

const ofSlice = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';
const ofDevice = 'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
const notOfDevice = '`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec';

function validateSlicePlace(spec: ResourceSliceSpec): FieldError[] {
  const terms = spec.nodeSelector?.nodeSelectorTerms;
  return [
    ...validatePlaces(spec, 'spec', 'must be either unset or set to a non-empty string'),
    ...(terms && terms.length !== 1 ? [invalidValue('spec.nodeSelector.nodeSelectorTerms', new ShownAs(JSON.stringify(terms)), 'must have exactly one node selector term')] : []),
    ...exactlyOne(spec, 'spec', ofSlice, `${ofSlice}, but multiple fields are set`),
  ];
}

function validateDevicePlace(device: Device, perDevice: boolean, path: Path): FieldError[] {
  const { nodeName, nodeSelector, allNodes } = device;
  const place = { ...(nodeName !== undefined && { nodeName }), ...(nodeSelector && { nodeSelector }), ...(allNodes !== undefined && { allNodes }) };
  if (perDevice) return [...validatePlaces(place, path, 'must not be empty'), ...exactlyOne(place, path, ofDevice, ofDevice)];
  return Object.keys(place).length ? [invalidValue(path, null, notOfDevice)] : [];
}

const tooLongValue = (value: string | undefined, path: Path) => (Buffer.byteLength(value ?? '') > valueBytesMax ? [tooLong(path, valueBytesMax)] : []);

const validateAttribute: Check<DeviceAttribute> = (attribute, path) => {
  const count = Object.values(attribute).filter((value) => value !== undefined).length;
  return [
    ...tooLongValue(attribute.string, `${path}.string`),
    ...(attribute.version === undefined || parseSemver(attribute.version) ? [] : [invalidValue(`${path}.version`, attribute.version, 'must be a string compatible with semver.org spec 2.0.0')]),
    ...tooLongValue(attribute.version, `${path}.version`),
    ...(count === 1 ? [] : [invalidValue(path, count ? attribute : '', 'exactly one value must be specified')]),
  ];
};

const validateKeys = <T>(map: Record<string, T> | undefined, path: Path, check: Check<string>, checkValue: Check<T> = () => []): FieldError[] =>
  Object.entries(map ?? {}).flatMap(([name, value]) => [...check(name, keyed(path, name)), ...checkValue(value, keyed(path, name))]);

/** Any quantity will do as a counter. */
const validateCounters = (counters: Record<string, Counter> | undefined, path: Path): FieldError[] =>
  (Object.keys(counters ?? {}).length ? validateKeys(counters, path, validateLabel) : present(undefined, path));

const validateConsumption: Check<DeviceCounterConsumption> = ({ counterSet, counters }, path) => [
  ...requiredBy(isDNS1123Label, counterSet, `${path}.counterSet`), ...validateCounters(counters, `${path}.counters`),
];

const validateDevice = (perDevice: boolean): Check<Device> => (device, path) => {
  const { name, attributes, capacity, taints, consumesCounters } = device;
  const total = Object.keys(attributes ?? {}).length + Object.keys(capacity ?? {}).length;
  return [
    ...validateLabel(name, `${path}.name`),
    ...(total > attributesAndCapacitiesMax ? [invalidValue(path, total, `the total number of attributes and capacities must not exceed ${attributesAndCapacitiesMax}`)] : []),
    ...validateKeys(attributes, `${path}.attributes`, validateQualifiedName, validateAttribute),
    ...validateKeys(capacity, `${path}.capacity`, validateQualifiedName),
    ...bounded(taints, taintsMax, `${path}.taints`, validateTaint),
    ...boundedSet(consumesCounters, Infinity, `${path}.consumesCounters`, validateConsumption, ({ counterSet }) => counterSet, 'counterSet'),
    ...validateDevicePlace(device, perDevice, path),
  ];
};

const validateCounterSet: Check<CounterSet> = ({ name, counters }, path) => [...requiredBy(isDNS1123Label, name, `${path}.name`), ...validateCounters(counters, `${path}.counters`)];

const countAll = (sets: readonly { counters?: Record<string, Counter> }[]) => sets.reduce((sum, { counters }) => sum + Object.keys(counters ?? {}).length, 0);

function validateTotals({ devices, sharedCounters }: ResourceSliceSpec): FieldError[] {
  const [consumed, shared] = [countAll((devices ?? []).flatMap(({ consumesCounters }) => consumesCounters ?? [])), countAll(sharedCounters ?? [])];
  return [
    ...(consumed > consumedCountersMax ? [invalidValue('spec.devices', consumed, `the total number of counters in devices must not exceed ${consumedCountersMax}`)] : []),
    ...(shared > sharedCountersMax ? [invalidValue('spec.sharedCounters', shared, `the total number of shared counters must not exceed ${sharedCountersMax}`)] : []),
  ];
}

/** After ValidateResourceSlice. */
export const validateSlice = ({ metadata, spec }: ResourceSlice): FieldError[] => [
  ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
  ...validateDriverName(spec.driver, 'spec.driver'),
  ...validatePool(spec.pool ?? {}, 'spec.pool'),
  ...validateSlicePlace(spec),
  ...boundedSet(spec.devices, devicesMax, 'spec.devices', validateDevice(spec.perDeviceNodeSelection ?? false), ({ name }) => name, 'name'),
  ...boundedSet(spec.sharedCounters, Infinity, 'spec.sharedCounters', validateCounterSet, ({ name }) => name, 'name'),
  ...validateTotals(spec),
];

/** After ValidateResourceSliceUpdate. */
export const validateSliceUpdate = ({ spec }: ResourceSlice, { spec: old }: ResourceSlice): FieldError[] => [
  ...immutable('spec.pool.name', spec.pool.name, old.pool.name), ...immutable('spec.driver', spec.driver, old.driver), ...immutable('spec.nodeName', spec.nodeName, old.nodeName),
];
