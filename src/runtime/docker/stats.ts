import { readFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import type { ContainerStats } from '../port';
import { ignoring } from './errors';

const root = '/sys/fs/cgroup';

/** Where the two drivers of the two cgroup versions keep a container. */
const unified = (id: string) => [`${root}/system.slice/docker-${id}.scope`, `${root}/docker/${id}`];
const separate = (controller: string, id: string) => [`${root}/${controller}/docker/${id}`, `${root}/${controller}/system.slice/docker-${id}.scope`];

/** From the cgroup's files where this machine has them (0.03 ms), from the engine otherwise. */
export async function containerStats(docker: Docker, id: string, nowMs: number): Promise<ContainerStats | undefined> {
  const own = (await readUnified(id)) ?? (await readSeparate(id));
  if (own) return { timeMs: nowMs, ...own };
  const stats = (await docker.getContainer(id).stats({ stream: false, 'one-shot': true } as { stream: false }).catch(ignoring(404, 409))) as Docker.ContainerStats | undefined;
  if (!stats?.memory_stats?.usage) return undefined;
  const inactive = (stats.memory_stats.stats as unknown as Record<string, number> | undefined)?.['inactive_file'] ?? 0;
  return { timeMs: nowMs, cpuNanoseconds: stats.cpu_stats.cpu_usage.total_usage, memoryWorkingSetBytes: Math.max(0, stats.memory_stats.usage - inactive) };
}

type Usage = Omit<ContainerStats, 'timeMs'>;

async function readUnified(id: string): Promise<Usage | undefined> {
  for (const directory of unified(id)) {
    const [cpu, memory, stat] = await Promise.all([read(`${directory}/cpu.stat`), read(`${directory}/memory.current`), read(`${directory}/memory.stat`)]);
    if (cpu === undefined || memory === undefined) continue;
    return { cpuNanoseconds: field(cpu, 'usage_usec') * 1000, memoryWorkingSetBytes: Math.max(0, Number(memory) - field(stat ?? '', 'inactive_file')) };
  }
  return undefined;
}

async function readSeparate(id: string): Promise<Usage | undefined> {
  const [cpus, memories] = [separate('cpuacct', id), separate('memory', id)];
  for (const [at, cpuDirectory] of cpus.entries()) {
    const [cpu, memory, stat] = await Promise.all([read(`${cpuDirectory}/cpuacct.usage`), read(`${memories[at]}/memory.usage_in_bytes`), read(`${memories[at]}/memory.stat`)]);
    if (cpu === undefined || memory === undefined) continue;
    return { cpuNanoseconds: Number(cpu), memoryWorkingSetBytes: Math.max(0, Number(memory) - field(stat ?? '', 'total_inactive_file')) };
  }
  return undefined;
}

const read = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

function field(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}
