import { ApiError, badRequest } from '../../../api/errors';
import type { Pod } from '../../../api/generated/core.v1';
import type { VerbTarget } from '../http/verbs/verb';
import type { NodeAgent } from '../node-agent';
import { getEntry } from '../registry';

/** The agent of a node; of any node when there is no name. */
export type FindAgent = (nodeName: string | undefined) => NodeAgent | undefined;

/** Throws NotFound. */
export const findPod = ({ registry, kind, namespace, name }: VerbTarget): Pod => getEntry(registry, kind, namespace, name!).object as unknown as Pod;

/** Throws BadRequest for a pod without a node, ServiceUnavailable for a node that is not there. */
export function agentOf(pod: Pod, find: FindAgent): NodeAgent {
  const { nodeName } = pod.spec;
  if (!nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  const agent = find(nodeName);
  if (!agent) throw new ApiError('ServiceUnavailable', `node ${nodeName} is not running`);
  return agent;
}

/** The container that is meant: the only one when none is named. Throws BadRequest. Wording: LogLocation in pkg/registry/core/pod. */
export function containerOf({ metadata: { name: pod }, spec }: Pod, container: string | null): string {
  const names = (containers: readonly { name: string }[] | undefined) => (containers ?? []).map(({ name }) => name);
  const [main, init, ephemeral] = [names(spec.containers), names(spec.initContainers), names(spec.ephemeralContainers)];
  if (container) {
    if ([...main, ...init, ...ephemeral].includes(container)) return container;
    throw badRequest(`container ${container} is not valid for pod ${pod}`);
  }
  if (main.length === 1) return main[0]!;
  const others = init.length ? ` or one of the init containers: [${init.join(' ')}]` : '';
  throw badRequest(`a container name must be specified for pod ${pod}, choose one of: [${main.join(' ')}]${others}`);
}
