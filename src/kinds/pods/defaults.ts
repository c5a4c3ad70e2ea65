import type {
  Container, ContainerPort, EnvVar, EphemeralContainer, HTTPGetAction, Lifecycle, LifecycleHandler, PodSpec, PodTemplateSpec, Probe,
} from '../../api/generated/core.v1';
import { parseImageReference } from './image';
import { defaultVolume, defaultFieldRef } from './volume-defaults';

// After SetDefaults_* in pkg/apis/core/v1/defaults.go. An empty string or 0 counts as unset, as in Go.

function defaultHttpGet(action: HTTPGetAction): void {
  action.path ||= '/';
  action.scheme ||= 'HTTP';
}

function defaultHandler(handler: LifecycleHandler | undefined): void {
  if (handler?.httpGet) defaultHttpGet(handler.httpGet);
}

function defaultLifecycle(lifecycle: Lifecycle | undefined): void {
  defaultHandler(lifecycle?.postStart);
  defaultHandler(lifecycle?.preStop);
}

function defaultProbe(probe: Probe | undefined): void {
  if (!probe) return;
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  if (probe.httpGet) defaultHttpGet(probe.httpGet);
  if (probe.grpc) probe.grpc.service ??= '';
}

function defaultPort(port: ContainerPort): void {
  port.protocol ||= 'TCP';
}

function defaultEnv({ valueFrom }: EnvVar): void {
  defaultFieldRef(valueFrom?.fieldRef);
}

function pullPolicyOf(image: string | undefined): Container['imagePullPolicy'] {
  return parseImageReference(image ?? '')?.tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultContainer(container: Container | EphemeralContainer): void {
  container.imagePullPolicy ||= pullPolicyOf(container.image);
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  container.resources ??= {};
  container.ports?.forEach(defaultPort);
  container.env?.forEach(defaultEnv);
  [container.livenessProbe, container.readinessProbe, container.startupProbe].forEach(defaultProbe);
  defaultLifecycle(container.lifecycle);
}

/** The deprecated `serviceAccount` and `serviceAccountName` are one field. */
function mirrorServiceAccount(spec: PodSpec): void {
  spec.serviceAccountName ||= spec.serviceAccount;
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
  else delete spec.serviceAccountName;
}

/** What every pod spec gets, in a template too. */
export function defaultPodSpec(spec: PodSpec): void {
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.restartPolicy ||= 'Always';
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ||= 'default-scheduler';
  mirrorServiceAccount(spec);
  spec.volumes?.forEach(defaultVolume);
  for (const containers of [spec.containers, spec.initContainers, spec.ephemeralContainers]) containers?.forEach(defaultContainer);
}

/** For kinds with a pod template: Deployment, Job, … */
export function defaultPodTemplate(template: PodTemplateSpec | undefined): void {
  if (template?.spec) defaultPodSpec(template.spec);
}

function requestLimits({ resources }: Container): void {
  if (resources?.limits) resources.requests = { ...resources.limits, ...resources.requests };
}

function publishPorts({ ports }: Container): void {
  for (const port of ports ?? []) port.hostPort ||= port.containerPort;
}

/** What a pod gets beyond its spec's defaults, and a template must not: it would change what controllers compare. */
export function defaultPod(spec: PodSpec): void {
  const containers = [...spec.containers ?? [], ...spec.initContainers ?? []];
  containers.forEach(requestLimits);
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork) containers.forEach(publishPorts);
}
