import { Counter, exponentialBounds, Gauge, Histogram, type Metrics } from '../../api/metrics';

/** Is told what happens to the keys of one queue. Durations are in milliseconds. */
export interface QueueObserver {
  added(): void;
  begun(waitedMs: number): void;
  done(workedMs: number): void;
  retried(): void;
}

/** By the name of the loop. */
export type ObserveQueue = (name: string) => QueueObserver;

/** Under the names of k8s.io/component-base/metrics/prometheus/workqueue. */
export function queueMetrics(metrics: Metrics): ObserveQueue {
  const labels = ['name'];
  const bounds = exponentialBounds(1e-8, 10, 10);
  const depth = metrics.add(new Gauge({ name: 'workqueue_depth', help: 'Keys that wait.', labels }));
  const adds = metrics.add(new Counter({ name: 'workqueue_adds_total', help: 'Keys that came to wait.', labels }));
  const waits = metrics.add(new Histogram({ name: 'workqueue_queue_duration_seconds', help: 'How long keys waited.', labels }, bounds));
  const works = metrics.add(new Histogram({ name: 'workqueue_work_duration_seconds', help: 'How long work on a key took.', labels }, bounds));
  const retries = metrics.add(new Counter({ name: 'workqueue_retries_total', help: 'Keys that are tried again.', labels }));
  return (name) => {
    const own = [name];
    depth.set(own, 0);
    return {
      added() {
        adds.add(own);
        depth.add(own);
      },
      begun(waitedMs) {
        depth.add(own, -1);
        waits.observe(own, waitedMs / 1000);
      },
      done: (workedMs) => works.observe(own, workedMs / 1000),
      retried: () => retries.add(own),
    };
  };
}
