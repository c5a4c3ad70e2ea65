import type { Clock } from '../../../api/clock';
import type { Client } from '../../../client/client';
import type { Turns } from './turns';

/** The client of a loop: each of its writes waits for its turn. Reads answer from memory and go on at once. */
export function clientInTurns(client: Client, turns: Turns): Client {
  return {
    ...client,
    create: async (...given) => {
      await turns.enter();
      return client.create(...given);
    },
    update: async (...given) => {
      await turns.enter();
      return client.update(...given);
    },
    patch: async (...given) => {
      await turns.enter();
      return client.patch(...given);
    },
    delete: async (...given) => {
      await turns.enter();
      return client.delete(...given);
    },
  };
}

/** The clock of loops: of many timers that are due together, each waits for its turn. */
export const clockInTurns = (clock: Clock, turns: Turns): Clock => ({
  now: () => clock.now(),
  schedule(delayMs, fire) {
    let isCancelled = false;
    const cancel = clock.schedule(delayMs, () => turns.run(() => {
      if (!isCancelled) fire();
    }));
    return () => {
      isCancelled = true;
      cancel();
    };
  },
});
