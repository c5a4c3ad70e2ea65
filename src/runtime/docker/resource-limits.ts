import type { HostConfig } from 'dockerode';
import type { ContainerResources } from '../port';

const cpuPeriodMicros = 100_000;
const leastCpuQuotaMicros = 1000;
const leastCpuShares = 2;

/** Without swap: a container may use as much memory as its limit says. After kuberuntime's calculateLinuxResources. */
export function resourceLimits({ cpuRequestMillis = 0, cpuLimitMillis, memoryLimitBytes }: ContainerResources): HostConfig {
  return {
    CpuShares: Math.max(leastCpuShares, Math.floor((cpuRequestMillis * 1024) / 1000)),
    ...(cpuLimitMillis && { CpuPeriod: cpuPeriodMicros, CpuQuota: Math.max(leastCpuQuotaMicros, (cpuLimitMillis * cpuPeriodMicros) / 1000) }),
    ...(memoryLimitBytes && { Memory: memoryLimitBytes, MemorySwap: memoryLimitBytes }),
  };
}

/** The other way round. Shares are whole numbers: of those below two no request can be told. */
export function resourcesOf({ CpuShares = 0, CpuQuota = 0, CpuPeriod = 0, Memory = 0 }: HostConfig): ContainerResources {
  return {
    cpuRequestMillis: CpuShares <= leastCpuShares ? 0 : Math.ceil((CpuShares * 1000) / 1024),
    ...(CpuQuota > 0 && CpuPeriod > 0 && { cpuLimitMillis: Math.round((CpuQuota * 1000) / CpuPeriod) }),
    ...(Memory > 0 && { memoryLimitBytes: Memory }),
  };
}
