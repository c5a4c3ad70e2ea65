import { setTimeout as delay } from 'node:timers/promises';
import { daemonLives, type ProfilePaths } from '../../client/profile';

const patienceMs = 60_000;
const pollMs = 20;

/** Asks the daemon to stop and waits until it is gone. Rejects when it does not go; nothing is killed by force. */
export async function endDaemon(paths: ProfilePaths, pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
    if (!daemonLives(pid, paths)) return;
    await delay(pollMs);
  }
  throw new Error(`the daemon (pid ${pid}) does not stop; its log is ${paths.logFile}`);
}
