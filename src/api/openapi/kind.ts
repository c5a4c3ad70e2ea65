/** What the documents need to know of a kind. The `Kind` records of src/kinds are such. */
export interface OpenApiKind {
  /** '' is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Key into the schema: `io.k8s.api.core.v1.Pod`; the name of the definition. */
  readonly schema: string;
  /** All eight when absent. */
  readonly verbs?: readonly string[];
  readonly subresources?: readonly string[];
  /** The definition of a custom resource, which the schema does not know. */
  readonly definition?: Readonly<Record<string, unknown>>;
}

/** Type → its description and those of its fields, as scripts/generate writes them. */
export type Descriptions = Readonly<Record<string, readonly [about: string, fields: Readonly<Record<string, string>>]>>;

export interface Gvk {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
}

export const gvkOf = ({ group, kind, version }: Gvk): Gvk => ({ group, kind, version });
