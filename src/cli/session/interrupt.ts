let sections = 0;

/**
 * While `act` runs, a signal that ends the process ends it with 1, where it would otherwise die of the signal: what
 * follows, watches and waits does so in kubectl. After k8s.io/kubectl/pkg/util/interrupt.
 */
export async function failingOnInterrupt<T>(act: () => Promise<T>): Promise<T> {
  sections++;
  try {
    return await act();
  } finally {
    sections--;
  }
}

export const failsOnInterrupt = (): boolean => sections > 0;

/** From here on Ctrl-C only aborts the session's signal: the command ends in its own way, and well. */
export function endWellOnInterrupt(): void {
  process.on('SIGINT', () => undefined);
}
