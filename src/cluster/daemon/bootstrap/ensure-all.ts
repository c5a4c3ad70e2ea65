import { isReason } from '../../../api/errors';
import type { KubeObject } from '../../../api/meta';
import type { Client, Resource } from '../../../client/client';

/** What to do so that the stored object is, or gives at least, what is expected. */
export type Step<T> = { type: 'nothing' } | { type: 'create' | 'update' | 'replace'; object: T };

export const nothing = { type: 'nothing' } as const;

/** Decides; pure. */
export type Reconcile<T> = (existing: T | undefined, expected: T) => Step<T>;

const keyOf = ({ metadata: { namespace = '', name } }: KubeObject) => `${namespace}/${name}`;

export async function ensureAll<T extends KubeObject>(client: Client, resource: Resource, expected: readonly T[], reconcile: Reconcile<T>): Promise<void> {
  if (!expected.length) return;
  const { items } = await client.list<T>(resource);
  const existing = new Map(items.map((item) => [keyOf(item), item]));
  await Promise.all(expected.map((object) => carryOut(client, resource, reconcile(existing.get(keyOf(object)), object))));
}

async function carryOut<T extends KubeObject>(client: Client, resource: Resource, step: Step<T>): Promise<void> {
  if (step.type === 'nothing') return;
  const { object } = step;
  if (step.type === 'update') return void (await client.update(resource, object));
  if (step.type === 'replace') await client.delete(resource, object.metadata.name, object.metadata.namespace).catch(unlessGone);
  await client.create(resource, object);
}

function unlessGone(error: unknown): void {
  if (!isReason(error, 'NotFound')) throw error;
}
