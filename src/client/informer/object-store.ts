import { objectKey, type KubeObject } from '../../api/meta';

/** Groups objects by values computed from them. Two indexes of one name must be the same function. */
export interface Index<T extends KubeObject = KubeObject> {
  readonly name: string;
  values(object: T): readonly string[];
}

/** `namespace/name`, or the bare name of a cluster-scoped object. */
export const keyOf = (name: string, namespace?: string): string => (namespace ? `${namespace}/${name}` : name);

interface Buckets<T extends KubeObject> {
  readonly index: Index<T>;
  readonly byValue: Map<string, Map<string, T>>;
}

const byNamespace: Index = { name: 'namespace', values: (object) => [object.metadata.namespace ?? ''] };

const empty: readonly never[] = [];

/**
 * Objects by key, with indexes that are built when first asked for and kept current from then on. Objects are
 * shared with whoever gave them: readers must not change them.
 */
export class ObjectStore<T extends KubeObject> {
  private readonly objects = new Map<string, T>();
  private readonly indexes = new Map<string, Buckets<T>>();

  get size(): number {
    return this.objects.size;
  }

  get(key: string): T | undefined {
    return this.objects.get(key);
  }

  keys(): Iterable<string> {
    return this.objects.keys();
  }

  /** All of them, or those of one namespace. */
  list(namespace?: string): readonly T[] {
    return namespace === undefined ? [...this.objects.values()] : this.find(byNamespace as Index<T>, namespace);
  }

  find(index: Index<T>, value: string): readonly T[] {
    const bucket = this.buckets(index).byValue.get(value);
    return bucket ? [...bucket.values()] : empty;
  }

  /** Returns what was there before. */
  set(object: T): T | undefined {
    const key = objectKey(object);
    const old = this.objects.get(key);
    this.objects.set(key, object);
    for (const buckets of this.indexes.values()) {
      if (old) unfile(buckets, key, old);
      file(buckets, key, object);
    }
    return old;
  }

  delete(key: string): T | undefined {
    const old = this.objects.get(key);
    if (!old) return undefined;
    this.objects.delete(key);
    for (const buckets of this.indexes.values()) unfile(buckets, key, old);
    return old;
  }

  private buckets(index: Index<T>): Buckets<T> {
    const known = this.indexes.get(index.name);
    if (known) return known;
    const buckets: Buckets<T> = { index, byValue: new Map() };
    for (const [key, object] of this.objects) file(buckets, key, object);
    this.indexes.set(index.name, buckets);
    return buckets;
  }
}

function file<T extends KubeObject>({ index, byValue }: Buckets<T>, key: string, object: T): void {
  for (const value of index.values(object)) {
    const bucket = byValue.get(value);
    if (bucket) bucket.set(key, object);
    else byValue.set(value, new Map([[key, object]]));
  }
}

function unfile<T extends KubeObject>({ index, byValue }: Buckets<T>, key: string, object: T): void {
  for (const value of index.values(object)) {
    const bucket = byValue.get(value);
    if (bucket?.delete(key) && bucket.size === 0) byValue.delete(value);
  }
}
