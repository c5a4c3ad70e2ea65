import type { Container, EphemeralContainer, Pod } from '../../../api/generated/core.v1';
import { strategicMergePatch } from '../../../api/patch';
import type { DebugOptions } from './options';
import { applyProfile, type DebugContainer, type DebugStyle } from './profiles';

export interface Generated {
  pod: Pod;
  /** The container to attach to; undefined when only images were changed. */
  container: DebugContainer | undefined;
}

/** What makes names unique, and where what is said about them goes. */
export interface Naming {
  suffix(): string;
  tell(line: string): void;
}

type Custom = Partial<Container> | undefined;

const terminationMessagePolicy = 'File';

/** The pod with a container more, which enters it while it runs. */
export function withEphemeralContainer(pod: Pod, options: DebugOptions, custom: Custom, naming: Naming): Generated {
  const container: EphemeralContainer = { ...newContainer(debugName(pod, options, naming), options), ...(options.target && { targetContainerName: options.target }) };
  const changed = structuredClone(pod);
  changed.spec.ephemeralContainers = [...(changed.spec.ephemeralContainers ?? []), container];
  return finish('ephemeral', changed, container, options, custom);
}

/** A pod in the node's namespaces. */
export function nodePod(node: string, options: DebugOptions, custom: Custom, { suffix, tell }: Naming): Generated {
  const container = newContainer(options.container || 'debugger', options);
  const name = `node-debugger-${node}-${suffix()}`;
  tell(`Creating debugging pod ${name} with container ${container.name} on node ${node}.\n`);
  const pod = {
    kind: 'Pod', apiVersion: 'v1', metadata: { name },
    spec: { containers: [container], nodeName: node, restartPolicy: 'Never', tolerations: [{ operator: 'Exists' }] },
  } as unknown as Pod;
  return finish('node', pod, container, options, custom);
}

/** A copy of the pod with a container more or with one changed. */
export function podCopy(pod: Pod, options: DebugOptions, custom: Custom, naming: Naming): Generated {
  const { labels, annotations, namespace } = pod.metadata;
  const { ephemeralContainers: _running, nodeName, ...spec } = structuredClone(pod.spec);
  const copy: Pod = {
    kind: 'Pod', apiVersion: 'v1',
    metadata: { name: options.copyTo, namespace, ...(labels && { labels }), ...(annotations && { annotations }) } as Pod['metadata'],
    spec: { ...spec, ...(options.shareProcesses !== undefined && { shareProcessNamespace: options.shareProcesses }), ...(options.sameNode && nodeName && { nodeName }) },
  };
  for (const container of copy.spec.containers) container.image = options.setImages.get(container.name) ?? options.setImages.get('*') ?? container.image!;
  const container = namedContainer(copy, options.container) ?? addedContainer(copy, options, naming);
  if (!container) return { pod: copy, container };
  change(container, options);
  return finish('copy', copy, container, options, custom);
}

function addedContainer({ spec, metadata }: Pod, options: DebugOptions, naming: Naming): Container | undefined {
  if (!options.image && options.setImages.size) return undefined;
  if (!options.image) throw new Error('you must specify image when creating new container');
  const container: Container = { name: debugName({ spec, metadata }, options, naming), terminationMessagePolicy };
  spec.containers.push(container);
  return container;
}

function change(container: DebugContainer, { args, argsOnly, env, image, pullPolicy, stdin, tty }: DebugOptions): void {
  if (args.length && argsOnly) container.args = [...args];
  if (args.length && !argsOnly) {
    container.command = [...args];
    delete container.args;
  }
  if (env.length) container.env = [...env];
  if (image) container.image = image;
  if (pullPolicy) container.imagePullPolicy = pullPolicy as NonNullable<Container['imagePullPolicy']>;
  Object.assign(container, { stdin, tty });
}

function newContainer(name: string, options: DebugOptions): Container {
  const container: Container = { name, terminationMessagePolicy };
  change(container, options);
  return container;
}

function finish(style: DebugStyle, pod: Pod, container: DebugContainer, { profile, keep }: DebugOptions, custom: Custom): Generated {
  applyProfile(profile, style, pod, container, keep);
  if (custom) replaceWith(container, strategicMergePatch(container, { ...custom, name: container.name }, 'io.k8s.api.core.v1.Container'));
  return { pod, container };
}

function replaceWith(container: DebugContainer, changed: DebugContainer): void {
  for (const field of Object.keys(container) as (keyof DebugContainer)[]) delete container[field];
  Object.assign(container, changed);
}

function debugName(pod: Pod, { container }: DebugOptions, { suffix, tell }: Naming): string {
  if (container) return container;
  let name = '';
  do name = `debugger-${suffix()}`; while (namedContainer(pod, name));
  tell(`Defaulting debug container name to ${name}.\n`);
  return name;
}

const namedContainer = ({ spec }: Pod, name: string): DebugContainer | undefined =>
  [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])].find((container) => container.name === name);

const warning = 'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n';

/** What to warn of, '' for nothing: capabilities do little for a user who is not root. */
export function userWarning({ spec }: Pod, container: DebugContainer | undefined): string {
  const security = container?.securityContext;
  const isRoot = !spec.securityContext?.runAsUser || security?.runAsUser === 0;
  const granted = security?.privileged || security?.capabilities?.add?.length;
  return isRoot || !granted ? '' : warning;
}
