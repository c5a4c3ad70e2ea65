import type { Store } from '../store';
import type { HealthCheck } from './http/paths/health';
import type { Serving } from './http/serving';

/** The names are those of upstream's checks, as far as there is something to check. */
export function healthChecks(store: Store, serving: Serving): Record<'healthz' | 'livez' | 'readyz', readonly HealthCheck[]> {
  const alive = [
    { name: 'ping', check: () => undefined },
    { name: 'etcd', check: () => failureOf(() => store.get('')) },
  ];
  return {
    healthz: alive,
    livez: alive,
    readyz: [
      ...alive,
      { name: 'etcd-readiness', check: () => failureOf(() => store.get('')) },
      { name: 'shutdown', check: () => (serving.isClosing ? 'process is shutting down' : undefined) },
    ],
  };
}

/** Named as upstream names the first of its stores. */
export const storeComponent = (store: Store): HealthCheck => ({ name: 'etcd-0', check: () => failureOf(() => store.get('')) });

function failureOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
