import { readdirSync } from 'node:fs';
import { Metrics, Observed } from '../../api/metrics';
import type { Clock } from '../../api/clock';

/** What Prometheus' clients tell of their process, and the heap, under the names of prom-client. */
export function processMetrics(clock: Clock): Metrics {
  const metrics = new Metrics();
  const startSeconds = clock.now() / 1000 - process.uptime();
  const add = (type: 'counter' | 'gauge', name: string, help: string, read: () => number | undefined) =>
    metrics.add(new Observed({ name, help, type }, () => {
      const value = read();
      return value === undefined ? [] : [[[], value]];
    }));
  add('counter', 'process_cpu_seconds_total', 'CPU time in user and system mode.', () => cpuSeconds());
  add('gauge', 'process_start_time_seconds', 'When the process started, in seconds since 1970.', () => startSeconds);
  add('gauge', 'process_resident_memory_bytes', 'Memory that is in RAM.', () => process.memoryUsage.rss());
  add('gauge', 'process_open_fds', 'Open file descriptors.', openDescriptors);
  add('gauge', 'nodejs_heap_size_used_bytes', 'Memory that JavaScript objects use.', () => process.memoryUsage().heapUsed);
  add('gauge', 'nodejs_external_memory_bytes', 'Memory outside the heap that JavaScript objects hold, as buffers do.', () => process.memoryUsage().external);
  return metrics;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Linux alone lets one count them cheaply. */
function openDescriptors(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}
