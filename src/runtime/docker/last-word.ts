import { readFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import { labels } from './labels';
import { containerLogs } from './streams/logs';

const maxBytes = 4096;
const fallback = { lines: 80, bytes: 2048 };

/** What a container that ended has to say: its termination file, else, where it failed and wants that, the end of its logs. */
export async function lastWord(docker: Docker, id: string, containerLabels: Record<string, string>, exitCode: number): Promise<string> {
  const file = containerLabels[labels.terminationLog];
  const written = file ? await readFile(file).catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
  if (written.length > 0 || exitCode === 0 || containerLabels[labels.lastWordFromLogs] !== 'true') return written.subarray(0, maxBytes).toString();
  const lines: Buffer[] = [];
  for await (const { data } of containerLogs(docker, id, { follow: false, tailLines: fallback.lines })) lines.push(data);
  return Buffer.concat(lines).subarray(-fallback.bytes).toString();
}
