import type { FieldError } from '../../../api/errors';
import type {
  DeviceClaim, DeviceClaimConfiguration, DeviceClass, DeviceConstraint, DeviceRequest, DeviceSubRequest, ExactDeviceRequest, ResourceClaim, ResourceClaimSpec, ResourceClaimTemplate,
} from '../../../api/generated/resource.v1beta2';
import {
  invalidValue, isDNS1123Subdomain, nameIsDNSSubdomain, notSupported, required, validateAnnotations, validateLabels, validateObjectMeta, type Path,
} from '../../../api/validation';
import { requiredBy, type Check } from '../../validating';
import { bounded, boundedSet, itself, validateConfiguration, validateFullyQualifiedName, validateLabel, validateSelectors, validateToleration } from './common';

const requestsMax = 32;
const constraintsMax = 32;
const configurationsMax = 32;
const alternativesMax = 8;
const tolerationsMax = 16;

/** Names of requests, and `request/alternative`. */
export function requestNames({ requests }: DeviceClaim): Set<string> {
  return new Set((requests ?? []).flatMap(({ name, firstAvailable }) => [name, ...(firstAvailable ?? []).map((alternative) => `${name}/${alternative.name}`)]));
}

const notARequest = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

export const validateRequestName = (names: ReadonlySet<string>): Check<string> => (name, path) => {
  const parts = name.split('/');
  if (parts.length > 2) return [invalidValue(path, name, notARequest)];
  return [...parts.flatMap((part) => validateLabel(part, path)), ...(names.has(name) ? [] : [invalidValue(path, name, notARequest)])];
};

export const validateRequestNames = (list: readonly string[] | undefined, names: ReadonlySet<string>, path: Path): FieldError[] =>
  boundedSet(list, requestsMax, path, validateRequestName(names), itself);

function validateMode({ allocationMode = '', count = 0 }: ExactDeviceRequest | DeviceSubRequest, path: Path): FieldError[] {
  if (allocationMode === 'All') return count ? [invalidValue(`${path}.count`, count, "must not be specified when allocationMode is 'All'")] : [];
  if (allocationMode === 'ExactCount') return count > 0 ? [] : [invalidValue(`${path}.count`, count, 'must be greater than zero')];
  return [notSupported(`${path}.allocationMode`, allocationMode, ['All', 'ExactCount'])];
}

const validateExact: Check<ExactDeviceRequest | DeviceSubRequest> = (request, path) => [
  ...requiredBy(isDNS1123Subdomain, request.deviceClassName, `${path}.deviceClassName`),
  ...validateSelectors(request.selectors, `${path}.selectors`),
  ...validateMode(request, path),
  ...bounded(request.tolerations, tolerationsMax, `${path}.tolerations`, validateToleration),
];

const oneForm = 'exactly one of `exactly` or `firstAvailable` is required';

function validateForm({ exactly, firstAvailable }: DeviceRequest, path: Path): FieldError[] {
  if (exactly && firstAvailable?.length) return [invalidValue(path, null, `${oneForm}, but multiple fields are set`)];
  if (exactly) return validateExact(exactly, `${path}.exactly`);
  if (!firstAvailable?.length) return [required(path, oneForm)];
  const check: Check<DeviceSubRequest> = (alternative, at) => [...validateLabel(alternative.name, `${at}.name`), ...validateExact(alternative, at)];
  return boundedSet(firstAvailable, alternativesMax, `${path}.firstAvailable`, check, ({ name }) => name, 'name');
}

const validateRequest: Check<DeviceRequest> = (request, path) => [...validateLabel(request.name, `${path}.name`), ...validateForm(request, path)];

const validateConstraint = (names: ReadonlySet<string>): Check<DeviceConstraint> => ({ requests, matchAttribute }, path) => [
  ...validateRequestNames(requests, names, `${path}.requests`),
  ...(matchAttribute === undefined ? [required(`${path}.matchAttribute`)] : validateFullyQualifiedName(matchAttribute, `${path}.matchAttribute`)),
];

const validateClaimConfiguration = (names: ReadonlySet<string>): Check<DeviceClaimConfiguration> => (configuration, path) => [
  ...validateRequestNames(configuration.requests, names, `${path}.requests`), ...validateConfiguration(configuration, path),
];

function validateClaimSpec({ devices = {} }: ResourceClaimSpec, path: Path): FieldError[] {
  const names = requestNames(devices);
  return [
    ...boundedSet(devices.requests, requestsMax, `${path}.devices.requests`, validateRequest, ({ name }) => name, 'name'),
    ...bounded(devices.constraints, constraintsMax, `${path}.devices.constraints`, validateConstraint(names)),
    ...bounded(devices.config, configurationsMax, `${path}.devices.config`, validateClaimConfiguration(names)),
  ];
}

/** After ValidateResourceClaim. A spec does not change: only a new one is looked at. */
export const validateClaim = ({ metadata, spec }: ResourceClaim, old?: ResourceClaim): FieldError[] => [
  ...validateObjectMeta(metadata, true, nameIsDNSSubdomain), ...(old ? [] : validateClaimSpec(spec, 'spec')),
];

/** After ValidateResourceClaimTemplate. */
export const validateClaimTemplate = ({ metadata, spec }: ResourceClaimTemplate, old?: ResourceClaimTemplate): FieldError[] => [
  ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
  ...(old ? [] : [
    ...validateAnnotations(spec.metadata?.annotations, 'spec.metadata.annotations'), ...validateLabels(spec.metadata?.labels, 'spec.metadata.labels'),
    ...validateClaimSpec(spec.spec, 'spec.spec'),
  ]),
];

/** After ValidateDeviceClass. */
export const validateClass = ({ metadata, spec }: DeviceClass): FieldError[] => [
  ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
  ...validateSelectors(spec.selectors, 'spec.selectors'),
  ...bounded(spec.config, configurationsMax, 'spec.config', validateConfiguration),
];

