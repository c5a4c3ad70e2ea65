import type { Random } from '../../src/api/clock';
import { conflict, internalError, objectModified } from '../../src/api/errors';
import type { KubeObject } from '../../src/api/meta';
import type { Client, Resource, WatchEvent, WatchOptions } from '../../src/client/client';

export interface Faults {
  /** Probability that a write fails, before or after it has happened. */
  writeFailure: number;
  /** Probability that a watch breaks at an event. */
  watchLoss: number;
}

export const noFaults: Faults = { writeFailure: 0, watchLoss: 0 };

/** A client over a bad connection: writes fail, or succeed and do not tell; watches break. Faults may be changed at any time. */
export function faultyClient(client: Client, faults: Faults, random: Random): Client {
  const write = async <T>(resource: Resource, name: string, perform: () => Promise<T>): Promise<T> => {
    const roll = random();
    if (roll < faults.writeFailure / 2) throw roll < faults.writeFailure / 4 ? conflict(resource, name, objectModified) : internalError('the connection broke');
    const result = await perform();
    if (roll < faults.writeFailure) throw internalError('the connection broke after the write');
    return result;
  };
  async function* watch<T extends KubeObject>(resource: Resource, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
    for await (const event of client.watch<T>(resource, options)) {
      if (random() < faults.watchLoss) throw new Error('the watch broke');
      yield event;
    }
  }
  return {
    get: (...args) => client.get(...args),
    list: (...args) => client.list(...args),
    create: (resource, object, options) => write(resource, object.metadata.name, () => client.create(resource, object, options)),
    update: (resource, object, options) => write(resource, object.metadata.name, () => client.update(resource, object, options)),
    patch: (resource, name, ...args) => write(resource, name, () => client.patch(resource, name, ...args)),
    delete: (resource, name, ...args) => write(resource, name, () => client.delete(resource, name, ...args)),
    watch,
  };
}
