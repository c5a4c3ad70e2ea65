import { formatQuantity, parseQuantity, toMilli } from '../../api/quantity';
import { quote } from '../../api/go/quote';
import type { Container, ContainerPort, EnvVar, PodSpec, PodTemplateSpec } from '../../api/generated/core.v1';
import type { ObjectMeta } from '../../api/meta';
import { isDNS1123Label, semanticEqual, type Path } from '../../api/validation';
import { unenforcedWarnings } from './unenforced';

// After pkg/api/pod/warnings.go.

type Located = { container: Container; path: Path };

function containersOf(spec: PodSpec, path: Path): Located[] {
  const located = (list: Container[] | undefined, field: string) => (list ?? []).map((container, i) => ({ container, path: `${path}.${field}[${i}]` }));
  return [...located(spec.initContainers, 'initContainers'), ...located(spec.containers, 'containers')];
}

/** An earlier value is used by `$(NAME)` in a later one; otherwise it is lost. */
function hidesEarlier({ name, value = '', valueFrom }: EnvVar): boolean {
  const reference = `$(${name})`;
  return valueFrom !== undefined || value === reference || !value.includes(reference);
}

function envWarnings({ container: { env = [] }, path }: Located): string[] {
  return env.flatMap((variable, i) => {
    const repeated = env.findIndex(({ name }) => name === variable.name) < i;
    return repeated && hidesEarlier(variable) ? [`${path}.env[${i}]: hides previous definition of ${quote(variable.name)}`] : [];
  });
}

function fractionWarnings({ container: { resources }, path }: Located): string[] {
  return (['memory', 'ephemeral-storage'] as const).flatMap((name) => (['limits', 'requests'] as const).flatMap((list) => {
    const text = resources?.[list]?.[name];
    if (text === undefined || toMilli(parseQuantity(text)) % 1000 === 0) return [];
    return [`${path}.resources.${list}[${name}]: fractional byte value ${quote(formatQuantity(parseQuantity(text)))} is invalid, must be an integer`];
  }));
}

type LocatedPort = { port: ContainerPort; path: Path };

function portClash({ port: a }: LocatedPort, { port: b, path }: LocatedPort): string | undefined {
  const sameHostPort = (a.hostPort ?? 0) === (b.hostPort ?? 0);
  if (sameHostPort && (a.hostIP ?? '') === (b.hostIP ?? '')) return `duplicate port definition with ${path}`;
  if (!a.hostPort || !b.hostPort) return `overlapping port definition with ${path}`;
  return sameHostPort && Boolean(a.hostIP) !== Boolean(b.hostIP) ? `dangerously ambiguous port definition with ${path}` : undefined;
}

function portWarnings(containers: Located[]): string[] {
  const ports = containers.flatMap(({ container, path }) => (container.ports ?? []).map((port, i): LocatedPort => ({ port, path: `${path}.ports[${i}]` })));
  return ports.flatMap((located, i) => ports.slice(0, i)
    .filter(({ port }) => port.containerPort === located.port.containerPort && port.protocol === located.port.protocol)
    .flatMap((earlier) => {
      const clash = portClash(located, earlier);
      return clash ? [`${located.path}: ${clash}`] : [];
    }));
}

function repeated(values: readonly string[], say: (i: number, value: string) => string): string[] {
  return values.flatMap((value, i) => values.indexOf(value) < i ? [say(i, value)] : []);
}

function listWarnings({ hostAliases = [], imagePullSecrets = [], topologySpreadConstraints = [] }: PodSpec, path: Path): string[] {
  const secrets = imagePullSecrets.map(({ name }) => name ?? '');
  return [
    ...topologySpreadConstraints.flatMap(({ labelSelector }, i) => labelSelector ? []
      : [`${path}.topologySpreadConstraints[${i}].labelSelector: a null labelSelector results in matching no pod`]),
    ...repeated(hostAliases.map(({ ip }) => ip ?? ''), (i, ip) => `${path}.hostAliases[${i}].ip: duplicate ip ${quote(ip)}`),
    ...repeated(secrets, (i, name) => `${path}.imagePullSecrets[${i}].name: duplicate name ${quote(name)}`),
    ...secrets.flatMap((name, i) => name ? [] : [`${path}.imagePullSecrets[${i}].name: invalid empty name ""`]),
  ];
}

const deprecatedVolumes: Record<string, string> = {
  photonPersistentDisk: 'deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'deprecated in v1.11, and disabled by default in v1.33+',
  scaleIO: 'deprecated in v1.16, non-functional in v1.22+',
  flocker: 'deprecated in v1.22, non-functional in v1.25+',
  storageos: 'deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
};

function volumeWarnings({ volumes = [] }: PodSpec, path: Path): string[] {
  return volumes.flatMap((volume, i) => Object.keys(volume).filter((source) => source in deprecatedVolumes)
    .map((source) => `${path}.volumes[${i}].${source}: ${deprecatedVolumes[source]}`));
}

const deprecatedAnnotations: Record<string, string> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'seccomp.security.alpha.kubernetes.io/pod': 'non-functional in v1.27+; use the "seccompProfile" field instead',
};

function annotationWarnings(annotations: Record<string, string> = {}, path: Path): string[] {
  return Object.keys(deprecatedAnnotations).filter((key) => key in annotations).map((key) => `${path}[${key}]: ${deprecatedAnnotations[key]}`);
}

/** `path` is that of the spec: `spec`, or `spec.template.spec`. */
export function podSpecWarnings(spec: PodSpec, metadata: Partial<ObjectMeta> | undefined, path: Path): string[] {
  const containers = containersOf(spec, path);
  return [
    ...annotationWarnings(metadata?.annotations, `${path.replace(/spec$/, '')}metadata.annotations`),
    ...volumeWarnings(spec, path),
    ...listWarnings(spec, path),
    ...containers.flatMap((located) => [...fractionWarnings(located), ...envWarnings(located)]),
    ...portWarnings(containers),
    ...((spec.terminationGracePeriodSeconds ?? 0) < 0
      ? [`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`] : []),
    ...unenforcedWarnings(spec, path),
  ];
}

/** A template that an update leaves alone is not complained of again. */
export function templateWarnings(template: PodTemplateSpec | undefined, old: PodTemplateSpec | undefined, path = 'spec.template'): string[] {
  if (!template?.spec || (old && semanticEqual(template, old))) return [];
  return podSpecWarnings(template.spec, template.metadata, `${path}.spec`);
}

export function podNamesWarnings(name: string): string[] {
  const messages = isDNS1123Label(name);
  if (messages.length === 0) return [];
  return ['metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; '
    + `a DNS label is recommended: [${messages.join(' ')}]`];
}
