/**
 * What a starting daemon tells the command that waits for it: one JSON object a line on file descriptor 3.
 * `knarr start -o json` prints the same objects.
 */
export type StartEvent =
  /** A step begins. Steps follow each other; the next one (or ready) says that the last one is done. */
  | { type: 'step'; message: string }
  /** Worth telling, not a step: `no Docker engine answers; pods are simulated`. */
  | { type: 'notice'; message: string }
  | { type: 'ready'; profile: string; runtime: 'docker' | 'sim'; pid: number; apiServer: string; context: string; nodes: string[]; ingress?: { http: number; https: number } }
  | { type: 'error'; message: string };

export const startEventDescriptor = 3;
