import type Docker from 'dockerode';

/** Resolves when the engine has finished; rejects with the error that it reported on the way, after its 200. */
export function finished(docker: Docker, progress: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(progress, (failure: Error | null, lines: { error?: string }[] = []) => {
      const reported = lines.find(({ error }) => error)?.error;
      if (failure || reported) reject(failure ?? new Error(reported));
      else resolve();
    });
  });
}
