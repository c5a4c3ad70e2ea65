import type { Readable } from 'node:stream';
import type Docker from 'dockerode';

export interface DeathWatch {
  /** Resolves when the container ended, or when the engine can no longer tell. */
  readonly dead: Promise<void>;
  close(): void;
}

/** Streams into a container do not end with it (Docker 20.10), so its end is asked for by itself. */
export async function watchForDeath(docker: Docker, containerName: string): Promise<DeathWatch> {
  const events = (await docker.getEvents({ filters: { type: ['container'], event: ['die', 'destroy'], container: [containerName] } })) as Readable;
  return {
    dead: new Promise((resolve) => {
      for (const event of ['data', 'end', 'close', 'error']) events.on(event, () => resolve());
    }),
    close: () => events.destroy(),
  };
}
