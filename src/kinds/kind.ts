import type { FieldError } from '../api/errors';
import type { FieldType } from '../api/managed-fields';
import type { KubeObject, Unstructured } from '../api/meta';

export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';

/**
 * Everything the API server has to know about a kind. The generic resource path serves it; nothing in
 * cluster/apiserver names a kind. A CustomResourceDefinition builds the same record at run time.
 */
export interface Kind<T extends KubeObject = KubeObject> {
  /** '' is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly namespaced: boolean;
  /** Key into the generated schema: `io.k8s.api.core.v1.Pod`. */
  readonly schema: string;
  /** Where several groups serve one stored kind (core and events.k8s.io Events), the `group/plural` it is stored under. */
  readonly storedAs?: string;
  /** Between this kind and the one it is stored as. Pure; neither changes its argument. */
  readonly conversion?: Conversion<T>;
  /** The kind of its lists, where it is not `<kind>List`. */
  readonly listKind?: string;
  /** Of a kind without a schema of its own in the generated one: its OpenAPI definition. */
  readonly definition?: Readonly<Record<string, unknown>>;
  /** Of such a kind: brings a decoded object into its form, in place. Returns the paths of fields that it does not know, which are gone. */
  readonly coerce?: Coercion;
  /** Of such a kind: how its fields are merged and who manages them; deduced from the values when absent. */
  readonly fieldType?: FieldType;
  /** Where the scale subresource finds what it shows; `.spec.replicas` and so on when absent. */
  readonly scale?: ScalePaths;
  /** Sent as a warning with every answer: `v1 Endpoints is deprecated in v1.33+; …`. */
  readonly deprecation?: string;
  /** No loop of this version acts on the kind: a create warns of it. To be deleted when its controller comes. */
  readonly unenforced?: true;
  /** All eight when absent. */
  readonly verbs?: readonly Verb[];
  readonly subresources?: readonly Subresource[];
  readonly strategy: Strategy<T>;
  /** Behind `Name`, which every table starts with unless it is listed here. The printed `Age` is a column like any other. */
  readonly columns: readonly Column<T>[];
  /** In which order a list is shown as a table; that of the list when absent. */
  readonly compareRows?: { compare(a: T, b: T): number }['compare'];
  /** Field selectors beyond metadata.name and metadata.namespace. */
  readonly selectableFields?: Readonly<Record<string, FieldReader<T>>>;
}

/** Declared as a method, so that a Kind<Pod> is a Kind. */
export type FieldReader<T extends KubeObject = KubeObject> = { read(object: T): string }['read'];

export type Coercion = (object: Unstructured) => string[];

/** In dot notation: `.spec.replicas`. */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  /** Of the text of a label selector. */
  readonly labelSelectorPath?: string;
}

export interface Conversion<T extends KubeObject = KubeObject> {
  fromStored(stored: KubeObject): T;
  toStored(object: T): KubeObject;
  /**
   * Where somebody else converts: brings objects of any version into this kind's form, or into that in which they are
   * stored. Rejects with an ApiError. The other two functions then take only what needs no asking.
   */
  ask?(objects: readonly KubeObject[], form: 'served' | 'stored'): Promise<KubeObject[]>;
}

export type Subresource = 'status' | 'scale' | 'log' | 'exec' | 'attach' | 'portforward' | 'proxy' | 'binding' | 'eviction'
  | 'ephemeralcontainers' | 'resize' | 'token' | 'finalize' | 'approval';

/** Subresources through which one part of an object changes by rules of its own. */
export type ObjectPart = 'ephemeralcontainers' | 'resize';

export interface PartStrategy<T extends KubeObject = KubeObject> {
  /** Restores all of spec and status that such a write may not change. Metadata is the server's. */
  prepareForUpdate(object: T, old: T): void;
  validateUpdate(object: T, old: T): FieldError[];
}

export interface StrategyContext {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Who writes. */
  readonly user?: { readonly name: string; readonly uid?: string; readonly groups: readonly string[]; readonly extra?: Readonly<Record<string, readonly string[]>> };
}

/**
 * What differs between kinds in the life of an object. The order of a create: schema defaults, `setDefaults`, the mutating
 * half of admission, `prepareForCreate`, `validate`, `warnings`, the validating half of admission. Of an update: schema
 * defaults, `setDefaults`, mutating admission, `prepareForUpdate`, `validate` and `validateUpdate`, `warnings`, validating
 * admission. The functions named set and prepare
 * change the object in place; validate must not. Absent functions do nothing.
 * After k8s.io/apiserver/pkg/registry/rest.RESTCreateStrategy and RESTUpdateStrategy.
 */
export interface Strategy<T extends KubeObject = KubeObject> {
  /** Defaults that the schema's constants cannot express. Must be idempotent. */
  setDefaults?(object: T): void;
  /** Clears what a client may not set (status). Generation is set by the generic path. */
  prepareForCreate?(object: T, context: StrategyContext): void;
  /** Carries over what a client may not change on the main resource. The generic path restores `status` itself where a status subresource exists. */
  prepareForUpdate?(object: T, old: T, context: StrategyContext): void;
  /** What a write to /status may change is `status` and metadata; this is for the rest. */
  prepareForStatusUpdate?(object: T, old: T, context: StrategyContext): void;
  /** `old` is absent on create; for rules that let stand what did not change. */
  validate?(object: T, old?: T): FieldError[];
  validateUpdate?(object: T, old: T): FieldError[];
  validateStatusUpdate?(object: T, old: T): FieldError[];
  /** Of a write to /finalize. */
  validateFinalize?(object: T): FieldError[];
  /** By the subresource that writes it. */
  readonly parts?: Partial<Record<ObjectPart, PartStrategy<T>>>;
  /** `old` is absent on create. */
  warnings?(object: T, old?: T): string[];
  /** metadata.generation grows when this part changed; by default `spec`. Kinds without spec return undefined. */
  generationOf?(object: T): unknown;
  /** Seconds of grace for a delete; `undefined` means that this kind is removed at once. Requested is undefined when the client gave none. */
  gracePeriodSeconds?(object: T, requested: number | undefined): number | undefined;
  /** `background` unless said otherwise. */
  defaultPropagation?: 'Orphan' | 'Background' | 'Foreground';
  /**
   * Paths that a write through the main resource or through /status does not change, beside `status` and `spec`, which
   * follow from there being a status subresource: who writes them does not become their manager.
   */
  resetFields?: { readonly main?: readonly (readonly string[])[]; readonly status?: readonly (readonly string[])[] };
  /** Create on update (PUT of a name that does not exist): Lease, Endpoints, EndpointSlice … */
  allowCreateOnUpdate?: boolean;
  /** PUT without resourceVersion overwrites. True for most kinds upstream, the default here. */
  allowUnconditionalUpdate?: boolean;
}

export interface PrintContext {
  /** Milliseconds since the epoch; ages are relative to it. */
  readonly nowMs: number;
}

/** A cell as it travels in a metav1.Table; null shows nothing. */
export type Cell = string | number | boolean | null;

export interface Column<T extends KubeObject = KubeObject> {
  readonly name: string;
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  /** metav1.TableColumnDefinition.format, e.g. `name`. */
  readonly format?: string;
  /** The generated schema's description of this JSON path, where upstream uses one. */
  readonly description?: string;
  /** 0 always shown (the default), 1 only in -o wide. */
  readonly priority?: 0 | 1;
  value(object: T, context: PrintContext): Cell;
}
