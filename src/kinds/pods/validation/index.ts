import type { FieldError } from '../../../api/errors';
import type { PodSpec, PodTemplateSpec } from '../../../api/generated/core.v1';
import {
  invalidEach, invalidValue, inclusiveRange, isDNS1123Label, isDNS1123Subdomain, isQualifiedName, validateAnnotations, validateLabels, type Path,
} from '../../../api/validation';
import { each, oneOf, optional, type Check } from '../../validating';
import { validateContainers, validateEphemeralContainers, validateInitContainers } from './containers';
import { validateDns, validateHostAliases, validateHostNetwork } from './network';
import { validateAffinity, validateGates, validateSpreads, validateTolerations } from './scheduling';
import { validatePodSecurityContext } from './security';
import { validateVolumes } from './volumes';

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const int32Max = 2 ** 31 - 1;

const isSubdomain: Check<string> = (name, path) => invalidEach(path, name, isDNS1123Subdomain(name));
const isLabel: Check<string> = (name, path) => invalidEach(path, name, isDNS1123Label(name));
const unlessEmpty = (check: Check<string>): Check<string> => (value, path) => value ? check(value, path) : [];

const names: { [Field in keyof PodSpec]?: Check<string> } = {
  serviceAccountName: unlessEmpty(isSubdomain),
  nodeName: unlessEmpty(isSubdomain),
  hostname: unlessEmpty(isLabel),
  subdomain: unlessEmpty(isLabel),
  priorityClassName: unlessEmpty(isSubdomain),
  runtimeClassName: isSubdomain,
  preemptionPolicy: (policy, path) => oneOf(policy, ['PreemptLowerPriority', 'Never'], path),
};

const validateNames = (spec: PodSpec, path: Path) =>
  (Object.keys(names) as (keyof PodSpec)[]).flatMap((field) => optional(spec[field] as string | undefined, `${path}.${field}`, names[field]!));

function validateDeadline({ activeDeadlineSeconds: seconds }: PodSpec, path: Path): FieldError[] {
  if (seconds === undefined || (seconds >= 1 && seconds <= int32Max)) return [];
  return [invalidValue(`${path}.activeDeadlineSeconds`, seconds, inclusiveRange(1, int32Max))];
}

/** A pod spec as a whole; `isPod` is false in a template. Quantities must parse. After ValidatePodSpec. */
export function validatePodSpec(spec: PodSpec, path: Path, isPod: boolean): FieldError[] {
  return [
    ...validateVolumes(spec.volumes, `${path}.volumes`),
    ...validateContainers(spec, `${path}.containers`),
    ...validateInitContainers(spec, `${path}.initContainers`),
    ...validateEphemeralContainers(spec, `${path}.ephemeralContainers`),
    ...validateHostNetwork(spec, isPod, `${path}.containers`),
    ...oneOf(spec.restartPolicy, restartPolicies, `${path}.restartPolicy`),
    ...oneOf(spec.dnsPolicy, dnsPolicies, `${path}.dnsPolicy`),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validatePodSecurityContext(spec, `${path}.securityContext`),
    ...optional(spec.affinity, `${path}.affinity`, validateAffinity),
    ...validateDns(spec, `${path}.dnsConfig`),
    ...each(spec.readinessGates, `${path}.readinessGates`, ({ conditionType }, at) =>
      invalidEach(`${at}.conditionType`, conditionType, isQualifiedName(conditionType))),
    ...validateGates(spec.schedulingGates, `${path}.schedulingGates`),
    ...validateSpreads(spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`),
    ...validateNames(spec, path),
    ...validateDeadline(spec, path),
    ...validateTolerations(spec.tolerations, `${path}.tolerations`),
    ...validateHostAliases(spec.hostAliases, `${path}.hostAliases`),
  ];
}

/** After ValidatePodTemplateSpec: labels, annotations and the spec. */
export function validatePodTemplate({ metadata, spec }: PodTemplateSpec, path: Path): FieldError[] {
  return [
    ...validateLabels(metadata?.labels, `${path}.labels`),
    ...validateAnnotations(metadata?.annotations, `${path}.annotations`),
    ...validatePodSpec(spec ?? { containers: [] }, `${path}.spec`, false),
  ];
}
