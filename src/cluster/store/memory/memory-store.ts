import type { HistoryLimits } from '../log/history';
import { LogStore } from '../log/log-store';
import type { Store } from '../store';

/** A store that lives and dies with the process: simulations, tests. Writes are visible before their promise is returned. */
export function createMemoryStore(options: { history?: HistoryLimits } = {}): Store {
  return new LogStore(options);
}
