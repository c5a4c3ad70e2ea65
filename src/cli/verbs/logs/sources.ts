import type { Pod } from '../../../api/generated/core.v1';
import { allContainers, annotatedContainer, defaultContainer, hasContainer } from '../../pods/containers';

/** One log to read. */
export interface LogSource {
  pod: Pod;
  container: string;
}

export interface SourceOptions {
  container: string;
  allContainers: boolean;
  /** One of several pods: nobody needs to hear which container each defaulted to. */
  quiet: boolean;
  tell: (line: string) => void;
}

/** The logs of one pod that are meant. Throws when there is no such container. */
export function logSources(pod: Pod, options: SourceOptions): LogSource[] {
  if (options.allContainers) return allContainers(pod).map((container) => ({ pod, container }));
  const container = options.container || preferred(pod, options);
  if (!hasContainer(pod, container)) throw new Error(`container ${container} is not valid for pod ${pod.metadata.name}`);
  return [{ pod, container }];
}

function preferred(pod: Pod, { quiet, tell }: SourceOptions): string {
  const annotated = annotatedContainer(pod);
  if (annotated && hasContainer(pod, annotated)) return annotated;
  if (annotated) tell(`Default container name ${JSON.stringify(annotated)} not found in pod ${pod.metadata.name}\n`);
  return defaultContainer(pod, quiet ? () => undefined : tell);
}
