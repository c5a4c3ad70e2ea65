import type { Random } from '../../../../src/api/clock';
import { StoreError } from '../../../../src/cluster/store/errors';
import type { Journal } from '../../../../src/cluster/store/log/journal';

/** A journal that takes up to some turns of the event loop for a batch, and refuses some of them. */
export function moodyJournal(random: Random, { failure }: { failure: number }): Journal {
  return {
    async append() {
      for (let turns = Math.floor(random() * 4); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
      if (random() < failure) throw new StoreError('Failed', 'the disk is in a bad mood');
    },
    async close() {},
  };
}
