import type { KubeObject } from '../../api/meta';
import type { Handler } from './handler';
import type { Index } from './object-store';

/** Handlers by the value of an index: each hears only of the objects that have its value. */
export class KeyedHandlers<T extends KubeObject> implements Required<Handler<T>> {
  private readonly byValue = new Map<string, Set<Handler<T>>>();

  constructor(private readonly index: Index<T>, private readonly guard: (call: () => void) => void) {}

  /** Returns the function that ends the subscription. */
  add(value: string, handler: Handler<T>): () => void {
    const handlers = this.byValue.get(value) ?? new Set<Handler<T>>();
    this.byValue.set(value, handlers.add(handler));
    return () => {
      handlers.delete(handler);
      if (handlers.size === 0) this.byValue.delete(value);
    };
  }

  added(object: T): void {
    this.tell(this.index.values(object), (handler) => handler.added?.(object));
  }

  updated(object: T, old: T): void {
    const before = this.index.values(old);
    const after = this.index.values(object);
    this.tell(after.filter((value) => before.includes(value)), (handler) => handler.updated?.(object, old));
    this.tell(before.filter((value) => !after.includes(value)), (handler) => handler.deleted?.(object));
    this.tell(after.filter((value) => !before.includes(value)), (handler) => handler.added?.(object));
  }

  deleted(object: T): void {
    this.tell(this.index.values(object), (handler) => handler.deleted?.(object));
  }

  private tell(values: readonly string[], call: (handler: Handler<T>) => void): void {
    for (const value of values) this.byValue.get(value)?.forEach((handler) => this.guard(() => call(handler)));
  }
}
