import type { CustomResourceDefinition } from '../../../../src/api/generated/apiextensions.v1';
import type { KubeObject } from '../../../../src/api/meta';
import type { Resource } from '../../../../src/client/client';
import type { testRegistry } from '../support/registry';
import { feederDefinition } from './manifests';

export type World = Awaited<ReturnType<typeof testRegistry>>;

export const definitions: Resource = { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions', namespaced: false };
export const feeders: Resource = { group: 'farm.example.com', version: 'v1', plural: 'feeders', namespaced: true };

/** A definition changed by `change`, which gets a copy. */
export function definition(change: (copy: any) => void = () => undefined): KubeObject { // eslint-disable-line @typescript-eslint/no-explicit-any -- tests break what they like
  const copy = structuredClone(feederDefinition);
  change(copy);
  return copy as unknown as KubeObject;
}

/** Lets everything happen that needs no time. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets some seconds of the loops pass. */
export async function settled({ clock }: World): Promise<void> {
  for (let step = 0; step < 30; step++) {
    await idle();
    clock.advance(200);
  }
  await idle();
}

/** Creates the definition; what it defines is served when it resolves. */
export async function establish({ client }: World, object: KubeObject = definition()): Promise<CustomResourceDefinition> {
  await client.create(definitions, object);
  await idle();
  return await client.get(definitions, object.metadata.name) as unknown as CustomResourceDefinition;
}
