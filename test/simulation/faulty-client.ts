import type { Random } from '../../src/api/clock';
import { conflict, internalError, objectModified } from '../../src/api/errors';
import type { KubeObject } from '../../src/api/meta';
import type { Client, Resource, WatchEvent, WatchOptions } from '../../src/client/client';

export interface Faults {
  /** Probability that a write fails; a third of the updates and deletes that fail have happened all the same. */
  writeFailure: number;
  /** Probability that a watch breaks at an event. */
  watchLoss: number;
  /** Nothing gets through any more. */
  cut: boolean;
}

export const noFaults: Faults = { writeFailure: 0, watchLoss: 0, cut: false };

/** A client over a bad connection: writes fail, or succeed and do not tell; watches break. Faults may be changed at any time. */
export function faultyClient(client: Client, faults: Faults, random: Random): Client {
  const reach = () => {
    if (faults.cut) throw internalError('the connection is cut');
  };
  const write = async <T>(resource: Resource, name: string, perform: () => Promise<T>, mayHappen = true): Promise<T> => {
    reach();
    const fails = random() < faults.writeFailure;
    const way = random() * 3;
    if (fails && way < 1) throw conflict(resource, name, objectModified);
    if (fails && (way < 2 || !mayHappen)) throw internalError('the connection broke');
    const result = await perform();
    if (fails) throw internalError('the connection broke after the write');
    reach();
    return result;
  };
  async function* watch<T extends KubeObject>(resource: Resource, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
    for await (const event of client.watch<T>(resource, options)) {
      if (faults.cut || random() < faults.watchLoss) throw new Error('the watch broke');
      yield event;
    }
  }
  return {
    get: async (...args) => {
      reach();
      return client.get(...args);
    },
    list: async (...args) => {
      reach();
      return client.list(...args);
    },
    create: (resource, object, options) => write(resource, object.metadata.name, () => client.create(resource, object, options), false),
    update: (resource, object, options) => write(resource, object.metadata.name, () => client.update(resource, object, options)),
    patch: (resource, name, ...args) => write(resource, name, () => client.patch(resource, name, ...args)),
    delete: (resource, name, ...args) => write(resource, name, () => client.delete(resource, name, ...args)),
    watch,
  };
}

/** The same, but events are taken and not stored. */
export const withoutEvents = (client: Client): Client => ({
  ...client,
  create: (resource, object, options) => (resource.plural === 'events' ? Promise.resolve(object) : client.create(resource, object, options)),
});
