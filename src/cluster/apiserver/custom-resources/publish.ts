import { deepEqual } from '../../../api/equal';
import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';
import type { Kind } from '../../../kinds/kind';
import type { KindTable } from '../registry/kind-table';
import { isTrue } from './conditions';
import { customKinds, type Converters } from './kind';

/** Keeps the table of kinds in step with the definitions. */
export class Publisher {
  readonly #published = new Map<string, { facts: unknown; kinds: readonly Kind[] }>();

  constructor(private readonly table: KindTable, private readonly converters: Converters) {}

  /** What is served is replaced only where it changes: a definition's status may change all the time. */
  put(definition: CustomResourceDefinition): void {
    const { name } = definition.metadata;
    const facts = factsOf(definition);
    if (deepEqual(this.#published.get(name)?.facts, facts)) return;
    const old = this.kindsOf(name);
    const isFree = (kind: Kind) => {
      const holder = this.table.find({ ...kind, resource: kind.plural });
      return !holder || old.includes(holder);
    };
    const kinds = isTrue(definition, 'Established') ? customKinds(definition, this.converters).filter(isFree) : [];
    for (const kind of kinds) this.table.add(kind);
    for (const kind of old) if (!kinds.some(({ version }) => version === kind.version)) this.table.remove(kind);
    this.#published.set(name, { facts, kinds });
  }

  remove(name: string): void {
    for (const kind of this.#published.get(name)?.kinds ?? []) this.table.remove(kind);
    this.#published.delete(name);
  }

  kindsOf(name: string): readonly Kind[] {
    return this.#published.get(name)?.kinds ?? [];
  }
}

const factsOf = (definition: CustomResourceDefinition): readonly unknown[] => [
  definition.metadata.uid, definition.metadata.generation, definition.spec, definition.status?.acceptedNames,
  isTrue(definition, 'Established'), isTrue(definition, 'Terminating'),
];
