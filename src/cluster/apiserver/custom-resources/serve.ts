import type { OutboundClient } from '../outbound/client';
import { uuid } from '../registry/names';
import type { Registry } from '../registry/registry';
import { keyPrefix } from '../registry/keys';
import { DefinitionController } from './controller';
import { allDefinitions, definitionKind, definitionOf } from './definitions';
import { Publisher } from './publish';
import { webhookConverter } from './conversion-webhook';

/**
 * Serves what the definitions in the store define, before it returns and from now on: a kind is there before the write
 * that establishes it is acknowledged. It ends with the store.
 */
export function serveCustomResources(registry: Registry, client: OutboundClient, log: (line: string) => void): void {
  const kind = definitionKind(registry);
  if (!kind) return;
  const { store } = registry;
  const publisher = new Publisher(registry.kinds, (definition) => webhookConverter(definition, client, () => uuid(registry.random)));
  const controller = new DefinitionController(registry, kind, publisher, log);
  const present = allDefinitions(registry, kind);
  for (const definition of present) publisher.put(definition);
  store.watch(keyPrefix(kind), store.revision, (events) => {
    for (const { type, entry } of events) {
      const definition = definitionOf(entry);
      if (type === 'PUT') publisher.put(definition);
      else publisher.remove(definition.metadata.name);
      controller.wake(definition.metadata.name);
      if (type === 'DELETE') controller.wakeGroup(definition.spec.group);
    }
  });
  for (const { metadata } of present) controller.wake(metadata.name);
}
