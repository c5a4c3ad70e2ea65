import type { Unstructured } from '../../../src/api/meta';
import { customResourceDefinitions, of, type Typed } from './resources';
import type { RowContext } from './row';

export type Schema = Record<string, unknown>;

/** Keeps whatever it is given. */
export const anything: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

export interface DefinitionOptions {
  /** By name, the first one is stored; v1 alone when absent. */
  readonly versions?: Readonly<Record<string, Schema>>;
  readonly namespaced?: boolean;
  readonly group?: string;
  /** Merged into the spec. */
  readonly spec?: Record<string, unknown>;
}

export interface Definition {
  readonly name: string;
  readonly kind: string;
  /** One a version, in the order given. */
  readonly resources: readonly Typed<Unstructured>[];
}

/** Creates a definition under a name of its own, waits until it is established, and removes it with the row. */
export async function define(t: RowContext, { versions = { v1: anything }, namespaced = false, group = 'example.com', spec }: DefinitionOptions = {}): Promise<Definition> {
  const kind = t.unique('foo').replace('-', '');
  const plural = `${kind}s`;
  const name = `${plural}.${group}`;
  await t.api(customResourceDefinitions).create({
    metadata: { name },
    spec: {
      group, scope: namespaced ? 'Namespaced' : 'Cluster', names: { plural, singular: kind, kind, listKind: `${kind}List` },
      versions: Object.entries(versions).map(([version, schema], index) => ({ name: version, served: true, storage: index === 0, schema: { openAPIV3Schema: schema } })),
      ...spec,
    },
  });
  t.cleanup(() => t.api(customResourceDefinitions).delete(name));
  await established(t, name);
  return { name, kind, resources: Object.keys(versions).map((version) => of(`${group}/${version}`, kind, plural, namespaced)) };
}

export function established(t: RowContext, name: string): Promise<true> {
  return t.eventually(async () => {
    const { status } = await t.api(customResourceDefinitions).get(name) as Unstructured & { status?: { conditions?: { type: string; status: string }[] } };
    return status?.conditions?.some((condition) => condition.type === 'Established' && condition.status === 'True');
  }) as Promise<true>;
}
