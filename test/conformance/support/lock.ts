import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

let held = 0;

/**
 * One at a time across all the processes of a run: `path` is the lock's file. A lock whose owner died is taken over.
 * Returns what gives it back.
 */
export async function lock(path: string): Promise<() => void> {
  const mine = `${path}.${process.pid}.${++held}`;
  writeFileSync(mine, String(process.pid));
  try {
    while (!take(mine, path)) {
      if (ownerIsGone(path)) rmSync(path, { force: true });
      else await sleep(50);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/** A link appears with its content, so nobody reads a lock without its owner. */
function take(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch {
    return false;
  }
}

function ownerIsGone(path: string): boolean {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
