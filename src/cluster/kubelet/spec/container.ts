import type { Container, Pod } from '../../../api/generated/core.v1';
import type { ContainerSpec } from '../../../runtime/port';
import { isSidecar } from '../decide/view';
import { expand } from '../env/expansion';
import { containerHash } from './hash';
import { containerMounts } from './mounts';
import { containerResources } from './resources';
import { runtimeAnnotations } from './sandbox';
import { containerSecurity } from './security';

export interface ContainerSetting {
  attempt: number;
  variables: { name: string; value: string }[];
  imageUser: string;
  nodeMemoryBytes: number;
}

/** Throws with the message of CreateContainerConfigError. */
export function containerSpec(pod: Pod, container: Container, { attempt, variables, imageUser, nodeMemoryBytes }: ContainerSetting): ContainerSpec {
  const expanded = (text: string) => expand(text, (name) => variables.find((variable) => variable.name === name)?.value);
  return {
    name: container.name,
    attempt,
    image: withTag(container.image ?? ''),
    specHash: containerHash(container),
    annotations: { ...runtimeAnnotations(pod), 'knarr.dev/restart-policy': effectiveRestartPolicy(pod, container) },
    ...(container.command?.length && { command: container.command.map(expanded) }),
    ...(container.args?.length && { args: container.args.map(expanded) }),
    ...(container.workingDir && { workingDir: container.workingDir }),
    env: variables,
    mounts: containerMounts(pod, container, variables),
    ...(container.terminationMessagePath && { terminationMessagePath: container.terminationMessagePath }),
    ...(container.terminationMessagePolicy === 'FallbackToLogsOnError' && { terminationMessageFromLogs: true }),
    ...(container.stdin && { stdin: true }),
    ...(container.stdinOnce && { stdinOnce: true }),
    ...(container.tty && { tty: true }),
    resources: containerResources(container),
    security: containerSecurity(pod, container, imageUser, nodeMemoryBytes),
  };
}

/** Init containers run to their end, sidecars for ever. */
function effectiveRestartPolicy(pod: Pod, container: Container): string {
  if (isSidecar(container)) return 'Always';
  const isInit = pod.spec.initContainers?.some(({ name }) => name === container.name);
  return isInit ? 'OnFailure' : (pod.spec.restartPolicy ?? 'Always');
}

/** `nginx` means `nginx:latest`. */
export function withTag(image: string): string {
  return image.includes('@') || image.lastIndexOf(':') > image.lastIndexOf('/') ? image : `${image}:latest`;
}
