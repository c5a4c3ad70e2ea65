import { fieldsOf, union, type FieldSet } from './field-set';
import type { Members } from './shape';
import { deducedType, schemaType, type Type } from './types';

/** How objects of one kind are tracked through one of its resources. Made once for both. */
export interface FieldScope {
  readonly type: Type;
  /** `apps/v1` */
  readonly apiVersion: string;
  readonly kind: string;
  /** '' is the main resource. */
  readonly subresource: string;
  /** What a write through this resource cannot change: nobody becomes its manager by trying. */
  readonly reset: FieldSet;
  /** `reset` and what has no manager. */
  readonly skip: FieldSet;
  readonly convert: Convert;
}

/** An object in another version of its kind; undefined for one that is not served (any more). */
export type Convert = (object: Members, apiVersion: string) => View | undefined;

export interface View {
  readonly object: Members;
  readonly type: Type;
}

/** What has no manager. Source: stripMetaManager. */
export const unmanaged: FieldSet = fieldsOf(
  ['apiVersion'], ['kind'], ['metadata'],
  ...['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation', 'managedFields', 'resourceVersion'].map((name) => ['metadata', name]),
);

/** Without `metadata` itself, below which there is more to see. */
const unmanagedBelow: FieldSet = fieldsOf(
  ['apiVersion'], ['kind'],
  ...['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation', 'managedFields', 'resourceVersion'].map((name) => ['metadata', name]),
);

export interface ScopeOptions {
  /** Key into the schema; deduced from the values when absent. */
  readonly schema?: string;
  /** Of what has no such key. */
  readonly type?: Type;
  readonly apiVersion: string;
  readonly kind: string;
  readonly subresource?: string;
  readonly reset?: FieldSet;
  readonly convert: Convert;
}

export function fieldScope({ schema, type = deducedType, apiVersion, kind, subresource = '', reset = fieldsOf(), convert }: ScopeOptions): FieldScope {
  return { type: schema ? schemaType(schema) : type, apiVersion, kind, subresource, reset, skip: union(unmanagedBelow, reset), convert };
}

/** The object as the managers of another version see it. */
export const viewAt = (scope: FieldScope, object: Members, apiVersion: string): View | undefined =>
  (apiVersion === scope.apiVersion ? { object, type: scope.type } : scope.convert(object, apiVersion));
