import { groupVersion, type GroupVersionResource } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';

const key = ({ group, version, resource }: GroupVersionResource) => `${groupVersion({ group, version })}/${resource}`;
const keyOf = (kind: Kind) => key({ ...kind, resource: kind.plural });

/** The kinds that are served now. Custom resources come and go. */
export class KindTable {
  readonly #byResource = new Map<string, Kind>();
  readonly #listeners = new Set<() => void>();
  /** Grows with every change; discovery and openapi cache by it. */
  generation = 0;

  constructor(kinds: Iterable<Kind> = []) {
    for (const kind of kinds) this.add(kind);
  }

  add(kind: Kind): void {
    this.#byResource.set(keyOf(kind), kind);
    this.#changed();
  }

  remove(kind: Kind): void {
    this.#byResource.delete(keyOf(kind));
    this.#changed();
  }

  /** Calls after every change from now on, synchronously. Returns the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #changed(): void {
    this.generation++;
    for (const listener of this.#listeners) listener();
  }

  find(resource: GroupVersionResource): Kind | undefined {
    return this.#byResource.get(key(resource));
  }

  /** In the order in which they were added. */
  all(): Kind[] {
    return [...this.#byResource.values()];
  }

  /** `group/plural`, in whatever version. */
  serves(api: string): boolean {
    return this.all().some(({ group, plural }) => `${group}/${plural}` === api);
  }

  /** The kind under which objects of `kind` are stored: itself, or the one that `storedAs` names. */
  stored(kind: Kind): Kind {
    if (!kind.storedAs) return kind;
    const found = this.all().find(({ group, plural, storedAs }) => !storedAs && `${group}/${plural}` === kind.storedAs);
    return found ?? kind;
  }
}
