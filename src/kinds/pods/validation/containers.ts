import type { FieldError } from '../../../api/errors';
import type { Container, ContainerPort, ContainerResizePolicy, EphemeralContainer, PodSpec, Volume } from '../../../api/generated/core.v1';
import {
  duplicate, fieldNotFound, forbiddenField, invalidEach, isDNS1123Label, isPortName, isPortNum, required, type Path,
} from '../../../api/validation';
import { duplicates, each, oneOf, present, requiredBy, type Check } from '../../validating';
import { validateEnv, validateEnvFrom } from './env';
import { validateDevices, validateMounts } from './mounts';
import { validateHooks } from './probes';
import { validateResources } from './resources';
import { validateSecurityContext } from './security';

export const protocols = ['SCTP', 'TCP', 'UDP'];
const pullPolicies = ['Always', 'IfNotPresent', 'Never'];

const validatePort: Check<ContainerPort> = ({ name, containerPort, hostPort, protocol }, path) => [
  ...(name ? invalidEach(`${path}.name`, name, isPortName(name)) : []),
  ...(containerPort ? invalidEach(`${path}.containerPort`, containerPort, isPortNum(containerPort)) : [required(`${path}.containerPort`)]),
  ...(hostPort ? invalidEach(`${path}.hostPort`, hostPort, isPortNum(hostPort)) : []),
  ...oneOf(protocol, protocols, `${path}.protocol`),
];

const validatePorts = (ports: ContainerPort[] | undefined, path: Path): FieldError[] => [
  ...each(ports, path, validatePort),
  ...duplicates((ports ?? []).map(({ name }) => name), (i) => `${path}[${i}].name`),
];

const validateResizePolicy: Check<ContainerResizePolicy> = ({ resourceName, restartPolicy }, path) => [
  ...oneOf(resourceName, ['cpu', 'memory'], path),
  ...oneOf(restartPolicy, ['NotRequired', 'RestartContainer'], path),
];

/** What containers of every sort must follow. After validateContainerCommon. */
function validateCommon(container: Container | EphemeralContainer, volumes: readonly Volume[], path: Path): FieldError[] {
  return [
    ...requiredBy(isDNS1123Label, container.name, `${path}.name`),
    ...present(container.image, `${path}.image`),
    ...oneOf(container.terminationMessagePolicy, ['FallbackToLogsOnError', 'File'], `${path}.terminationMessagePolicy`),
    ...validatePorts(container.ports, `${path}.ports`),
    ...validateEnv(container.env, `${path}.env`),
    ...validateEnvFrom(container.envFrom, `${path}.envFrom`),
    ...validateMounts(container, volumes, `${path}.volumeMounts`),
    ...validateDevices(container, volumes, `${path}.volumeDevices`),
    ...oneOf(container.imagePullPolicy, pullPolicies, `${path}.imagePullPolicy`),
    ...validateResources(container.resources, `${path}.resources`),
    ...each(container.resizePolicy, `${path}.resizePolicy`, validateResizePolicy),
    ...validateSecurityContext(container.securityContext, `${path}.securityContext`),
  ];
}

/** Two containers that run at the same time cannot have one port of the host. */
function hostPortConflicts(containers: readonly Container[], path: Path): FieldError[] {
  const seen = new Set<string>();
  return containers.flatMap(({ ports }, i) => (ports ?? []).flatMap(({ protocol, hostIP = '', hostPort }, j) => {
    if (!hostPort) return [];
    const key = `${protocol}/${hostIP}/${hostPort}`;
    if (seen.has(key)) return [duplicate(`${path}[${i}].ports[${j}].hostPort`, key)];
    seen.add(key);
    return [];
  }));
}

export function validateContainers({ containers, volumes = [] }: PodSpec, path: Path): FieldError[] {
  if (!containers?.length) return [required(path)];
  return [
    ...each(containers, path, (container, at) => [
      ...validateCommon(container, volumes, at),
      ...validateHooks(container, at),
      ...(container.restartPolicy === undefined ? [] : [forbiddenField(`${at}.restartPolicy`, 'may not be set for non-init containers')]),
    ]),
    ...duplicates(containers.map(({ name }) => name), (i) => `${path}[${i}].name`),
    ...hostPortConflicts(containers, path),
  ];
}

const hooks = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

function validateInitHooks(container: Container, path: Path): FieldError[] {
  if (container.restartPolicy === 'Always') return validateHooks(container, path);
  return hooks.filter((hook) => container[hook])
    .map((hook) => forbiddenField(`${path}.${hook}`, 'may not be set for init containers without restartPolicy=Always'));
}

/** Names that occur among the containers looked at before, too. */
function repeatedNames(earlier: readonly { name: string }[], list: readonly { name: string }[], path: Path): FieldError[] {
  return duplicates([...earlier, ...list].map(({ name }) => name), (i) => i < earlier.length ? '' : `${path}[${i - earlier.length}].name`)
    .filter(({ field }) => field !== '');
}

export function validateInitContainers({ containers, initContainers = [], volumes = [] }: PodSpec, path: Path): FieldError[] {
  return [
    ...each(initContainers, path, (container, at) => [
      ...validateCommon(container, volumes, at),
      ...(container.restartPolicy === undefined ? [] : oneOf(container.restartPolicy, ['Always'], `${at}.restartPolicy`)),
      ...hostPortConflicts([container], path),
      ...validateInitHooks(container, at),
    ]),
    ...repeatedNames(containers ?? [], initContainers, path),
  ];
}

/** What an ephemeral container cannot have: it comes late and is nothing to rely on. */
const notEphemeral = ['ports', ...hooks, 'resizePolicy', 'restartPolicy'] as const;
const refusal = 'cannot be set for an Ephemeral Container';

function validateEphemeral(container: EphemeralContainer, volumes: readonly Volume[], others: readonly { name: string }[], path: Path): FieldError[] {
  const { targetContainerName: target, resources } = container;
  return [
    ...validateCommon(container, volumes, path),
    ...(target && !others.some(({ name }) => name === target) ? [fieldNotFound(`${path}.targetContainerName`, target)] : []),
    ...notEphemeral.filter((field) => container[field] !== undefined).map((field) => forbiddenField(`${path}.${field}`, refusal)),
    ...(Object.keys(resources ?? {}).length > 0 ? [forbiddenField(`${path}.resources`, refusal)] : []),
    ...each(container.volumeMounts, `${path}.volumeMounts`, ({ subPath, subPathExpr }, at) => [
      ...(subPath ? [forbiddenField(`${at}.subPath`, refusal)] : []),
      ...(subPathExpr ? [forbiddenField(`${at}.subPathExpr`, refusal)] : []),
    ]),
  ];
}

export function validateEphemeralContainers({ containers, initContainers = [], ephemeralContainers = [], volumes = [] }: PodSpec, path: Path): FieldError[] {
  const others = [...containers ?? [], ...initContainers];
  return [
    ...each(ephemeralContainers, path, (container, at) => validateEphemeral(container, volumes, others, at)),
    ...repeatedNames(others, ephemeralContainers, path),
  ];
}
