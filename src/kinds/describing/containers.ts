import { canonicalQuantity } from '../../api/quantity';
import { quote } from '../../api/go/quote';
import type { Container, ContainerState, ContainerStatus, Pod, ResourceRequirements, SeccompProfile, VolumeMount } from '../../api/generated/core.v1';
import { orNone } from '../printing';
import { describeEnv, describeEnvFrom } from './environment';
import { probeText } from './probes';
import { dateText } from './time';
import { field, fieldIfSet, type Write } from './writer';

const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;

/** `Port: 80/TCP`, `Ports: 80/TCP, 443/TCP`, `Port: <none>` */
function describePorts(write: Write, label: string, ports: readonly string[]): void {
  field(write, ports.length > 1 ? `${label}s` : label, orNone(ports.join(', ')), 2);
}

export function describeSeccomp(write: Write, profile: SeccompProfile | undefined, level: number, localhostLevel: number): void {
  if (!profile) return;
  field(write, 'SeccompProfile', profile.type, level);
  if (profile.type === 'Localhost') field(write, 'LocalhostProfile', profile.localhostProfile, localhostLevel);
}

function describeBasics(write: Write, container: Container, status: ContainerStatus | undefined): void {
  if (status) field(write, 'Container ID', status.containerID, 2);
  field(write, 'Image', container.image, 2);
  if (status) field(write, 'Image ID', status.imageID, 2);
  const ports = container.ports ?? [];
  describePorts(write, 'Port', ports.map(({ containerPort, protocol }) => `${containerPort}/${protocol ?? ''}`));
  describePorts(write, 'Host Port', ports.map(({ hostPort = 0, protocol }) => `${hostPort}/${protocol ?? ''}`));
  describeSeccomp(write, container.securityContext?.seccompProfile, 2, 3);
}

function describeWords(write: Write, label: string, words: readonly string[] | undefined): void {
  if (!words?.length) return;
  write(2, `${label}:\n`);
  for (const line of words.flatMap((word) => word.split('\n'))) write(3, `${line}\n`);
}

function describeStateOf(write: Write, label: string, { running, waiting, terminated }: ContainerState): void {
  if (running) {
    field(write, label, 'Running', 2);
    field(write, 'Started', dateText(running.startedAt), 3);
  } else if (waiting || !terminated) {
    field(write, label, 'Waiting', 2);
    fieldIfSet(write, 'Reason', waiting?.reason, 3);
  } else {
    field(write, label, 'Terminated', 2);
    fieldIfSet(write, 'Reason', terminated.reason, 3);
    fieldIfSet(write, 'Message', terminated.message, 3);
    field(write, 'Exit Code', terminated.exitCode, 3);
    if ((terminated.signal ?? 0) > 0) field(write, 'Signal', terminated.signal, 3);
    field(write, 'Started', dateText(terminated.startedAt), 3);
    field(write, 'Finished', dateText(terminated.finishedAt), 3);
  }
}

function describeState(write: Write, { state, lastState, ready, restartCount }: ContainerStatus): void {
  describeStateOf(write, 'State', state ?? {});
  if (lastState?.terminated) describeStateOf(write, 'Last State', lastState);
  field(write, 'Ready', ready ? 'True' : 'False', 2);
  field(write, 'Restart Count', restartCount ?? 0, 2);
}

export function describeResources(write: Write, { limits, requests }: ResourceRequirements, level: number): void {
  for (const [label, list] of [['Limits', limits], ['Requests', requests]] as const) {
    const names = Object.keys(list ?? {}).sort();
    if (names.length > 0) write(level, `${label}:\n`);
    for (const name of names) field(write, name, canonicalQuantity(list![name]!), level + 1);
  }
}

function describeProbes(write: Write, { livenessProbe, readinessProbe, startupProbe }: Container): void {
  for (const [label, probe] of [['Liveness', livenessProbe], ['Readiness', readinessProbe], ['Startup', startupProbe]] as const) {
    if (probe) field(write, label, probeText(probe), 2);
  }
}

function mountText({ mountPath, name, readOnly, subPath }: VolumeMount): string {
  return `${mountPath} from ${name} (${readOnly ? 'ro' : 'rw'}${subPath ? `,path=${quote(subPath)}` : ''})`;
}

function describeMounts(write: Write, { volumeMounts = [], volumeDevices = [] }: Container): void {
  const none = volumeMounts.length === 0 ? '\t<none>' : '';
  write(2, `Mounts:${none}\n`);
  for (const mount of [...volumeMounts].sort((a, b) => compare(a.mountPath, b.mountPath))) write(3, `${mountText(mount)}\n`);
  if (volumeDevices.length === 0) return;
  write(2, `Devices:${none}\n`);
  for (const { devicePath, name } of [...volumeDevices].sort((a, b) => compare(a.devicePath, b.devicePath))) write(3, `${devicePath} from ${name}\n`);
}

function describeContainer(write: Write, container: Container, status: ContainerStatus | undefined, pod: Pod | undefined): void {
  describeBasics(write, container, status);
  describeWords(write, 'Command', container.command);
  describeWords(write, 'Args', container.args);
  if (status) describeState(write, status);
  describeResources(write, container.resources ?? {}, 2);
  describeProbes(write, container);
  describeEnvFrom(write, container);
  describeEnv(write, container, pod);
  describeMounts(write, container);
}

/** Of a pod with its statuses, or of a template, which is two spaces further in and has neither. */
export function describeContainers(
  write: Write, label: string, containers: readonly Container[], of?: { pod: Pod; statuses: readonly ContainerStatus[] | undefined },
): void {
  write(0, `${of ? '' : '  '}${label}:${containers.length === 0 ? ' <none>' : ''}\n`);
  for (const container of containers) {
    write(1, `${of ? '' : ' '}${container.name}:\n`);
    describeContainer(write, container, of?.statuses?.findLast(({ name }) => name === container.name), of?.pod);
  }
}
