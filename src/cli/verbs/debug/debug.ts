import type { Container, ContainerStatus, Pod } from '../../../api/generated/core.v1';
import { isApiError } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { twoWayStrategicPatch } from '../../../api/patch';
import { randomSuffix } from '../../../api/random-suffix';
import { visit } from '../../builder';
import { isPod, podsResource } from '../../pods/behind';
import { waitForPod } from '../../pods/wait';
import type { Session } from '../../session';
import { attachOrPrintLog } from '../attach/or-log';
import { readCustomProfile } from './custom';
import { nodePod, podCopy, userWarning, withEphemeralContainer, type Generated, type Naming } from './generate';
import { checkOptions, debugOptions, type DebugInput, type DebugOptions } from './options';

interface Debugging {
  session: Session;
  options: DebugOptions;
  custom: Partial<Container> | undefined;
  naming: Naming;
}

const legacyWarning = '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n';

/** After k8s.io/kubectl/pkg/cmd/debug. */
export async function debug(session: Session, input: DebugInput): Promise<void> {
  const { flags } = input;
  const options = debugOptions(input);
  const custom = flags.custom ? await readCustomProfile(flags.custom, session.cwd) : undefined;
  const tell = (line: string) => void (options.quiet || session.streams.out.write(line));
  checkOptions(options, input, custom, tell);
  if (options.profile === 'legacy') session.streams.err.write(legacyWarning);
  const debugging = { session, options, custom, naming: { suffix: () => randomSuffix(session.random), tell } };
  const args = options.targets.map((name) => (name.includes('/') ? name : `pods/${name}`));
  const { visited } = await visit(session, { namespace: await session.namespace(), args, filenames: flags.filename, latest: true });
  for await (const each of visited) {
    if ('error' in each) throw each.error;
    const { pod, container } = await start(debugging, each.info.object);
    if (options.attach && container) await join(debugging, pod, container.name);
  }
}

/** Puts the debug container where the target wants it; the pod is as the server has it then. */
function start(debugging: Debugging, target: Unstructured): Promise<Generated> {
  if (target.kind === 'Node' && target.apiVersion === 'v1') return onNode(debugging, target);
  if (!isPod(target)) throw new Error(`${JSON.stringify(kindOf(target))} not supported by debug`);
  const pod = target as unknown as Pod;
  return debugging.options.copyTo ? inCopy(debugging, pod) : inPod(debugging, pod);
}

async function onNode({ session, options, custom, naming }: Debugging, node: Unstructured): Promise<Generated> {
  const { pod, container } = nodePod(node.metadata.name!, options, custom, naming);
  const namespace = (await session.namespace()).name;
  return { pod: await create(session, { ...pod, metadata: { ...pod.metadata, namespace } }), container };
}

async function inCopy({ session, options, custom, naming }: Debugging, original: Pod): Promise<Generated> {
  const { pod, container } = podCopy(original, options, custom, naming);
  session.streams.err.write(userWarning(pod, container));
  const created = await create(session, pod);
  const { name, namespace } = original.metadata;
  if (options.replace) await (await session.client()).delete(podsResource, name, namespace, { gracePeriodSeconds: 0 });
  return { pod: created, container };
}

async function inPod({ session, options, custom, naming }: Debugging, original: Pod): Promise<Generated> {
  const { pod, container } = withEphemeralContainer(original, options, custom, naming);
  session.streams.err.write(userWarning(original, container));
  const patch = twoWayStrategicPatch(asMap(original), asMap(pod), 'io.k8s.api.core.v1.Pod');
  const { name, namespace } = original.metadata;
  try {
    return { pod: await (await session.client()).patch<Pod>(podsResource, name, namespace, 'strategic', patch, { subresource: 'ephemeralcontainers' }), container };
  } catch (error) {
    // The name is missing where the subresource is, not the pod.
    if (!isApiError(error) || error.reason !== 'NotFound' || error.status.details?.name) throw error;
    throw new Error(`ephemeral containers are disabled for this cluster (error from server: ${JSON.stringify(error.message)})`);
  }
}

/** As Go prints a GroupVersionKind: the core group leaves a slash. */
const kindOf = ({ apiVersion = '', kind }: Unstructured) => `${apiVersion.includes('/') ? '' : '/'}${apiVersion}, Kind=${kind}`;

const asMap = (pod: Pod) => pod as unknown as Record<string, unknown>;

const create = async (session: Session, pod: Pod): Promise<Pod> => (await session.client()).create<Pod>(podsResource, pod);

async function join({ session, options: { stdin, tty, quiet } }: Debugging, { metadata: { name, namespace = 'default' } }: Pod, container: string): Promise<void> {
  const until = (pod: Pod): boolean => {
    const { running, terminated, waiting } = statusOf(pod, container)?.state ?? {};
    if (!quiet && waiting?.message) session.streams.err.write(`Warning: container ${container}: ${waiting.message}\n`);
    return Boolean(running ?? terminated);
  };
  const pod = await waitForPod(session, { namespace, name, timeoutMs: 0, until });
  await attachOrPrintLog(session, pod, { container, stdin, tty, quiet }, Boolean(statusOf(pod, container)!.state?.terminated));
}

const statusOf = ({ status = {} }: Pod, container: string): ContainerStatus | undefined =>
  [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? []), ...(status.ephemeralContainerStatuses ?? [])].find(({ name }) => name === container);
