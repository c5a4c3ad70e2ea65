import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';

/** A structural schema, as a CustomResourceDefinition holds it. */
export interface Schema {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** An expression in CEL, and what is said when it does not hold. */
export type Rule = readonly [message: string, rule: string];

const rulesOf = (rules: readonly Rule[] | undefined) => rules?.length && { 'x-kubernetes-validations': rules.map(([message, rule]) => ({ message, rule })) };

interface Text {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: string;
  readonly rules?: readonly Rule[];
}

export const text = ({ min, max, rules, ...rest }: Text = {}): Schema =>
  ({ type: 'string', ...rest, ...(min !== undefined && { minLength: min }), ...(max !== undefined && { maxLength: max }), ...rulesOf(rules) });

export const oneOf = (values: readonly string[], fallback?: string): Schema =>
  ({ type: 'string', enum: values, ...(fallback !== undefined && { default: fallback }) });

export const integer = (minimum: number, maximum?: number, fallback?: number): Schema =>
  ({ type: 'integer', format: 'int32', minimum, ...(maximum !== undefined && { maximum }), ...(fallback !== undefined && { default: fallback }) });

interface List {
  readonly min?: number;
  readonly max?: number;
  /** Keys of the elements' identity. */
  readonly keys?: readonly string[];
  readonly kind?: 'set' | 'atomic';
  readonly default?: unknown;
  readonly rules?: readonly Rule[];
}

export const list = (items: Schema, { min, max, keys, kind, rules, ...rest }: List = {}): Schema => ({
  type: 'array', items, ...rest, ...(min !== undefined && { minItems: min }), ...(max !== undefined && { maxItems: max }),
  ...(keys && { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys }), ...(kind && { 'x-kubernetes-list-type': kind }), ...rulesOf(rules),
});

export const map = (values: Schema, max?: number): Schema =>
  ({ type: 'object', additionalProperties: values, ...(max !== undefined && { maxProperties: max }) });

interface Struct {
  /** Names of required fields, by spaces. */
  readonly required?: string;
  readonly default?: unknown;
  readonly rules?: readonly Rule[];
}

export const object = (properties: Readonly<Record<string, Schema>>, { required, rules, ...rest }: Struct = {}): Schema =>
  ({ type: 'object', properties, ...rest, ...(required && { required: required.split(' ') }), ...rulesOf(rules) });

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly priority?: number;
}

export const age: Column = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

export interface Definition {
  readonly kind: string;
  readonly plural: string;
  readonly shortNames?: readonly string[];
  readonly scope: 'Cluster' | 'Namespaced';
  /** The first one is stored. */
  readonly versions: readonly string[];
  readonly columns: readonly Column[];
  readonly hasStatus: boolean;
  readonly spec: Schema;
  readonly status?: Schema;
  readonly specIsRequired: boolean;
}

export const group = 'gateway.networking.k8s.io';

/** The release of Gateway API whose fields these are; installers look at it. */
const annotations = { 'gateway.networking.k8s.io/bundle-version': 'v1.3.0', 'gateway.networking.k8s.io/channel': 'standard' };

/** `api-approved.kubernetes.io` is asked of everybody who uses a group of Kubernetes (KEP-1111). */
const approved = 'https://github.com/kubernetes-sigs/gateway-api/pull/3328';

export function customResource({ kind, plural, shortNames, scope, versions, columns, hasStatus, spec, status, specIsRequired }: Definition): CustomResourceDefinition {
  const schema = object({ apiVersion: text(), kind: text(), metadata: { type: 'object' }, spec, ...(status && { status }) }, { ...(specIsRequired && { required: 'spec' }) });
  const singular = kind.toLowerCase();
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, annotations: { 'api-approved.kubernetes.io': approved, ...annotations } },
    spec: {
      group, scope,
      names: { kind, listKind: `${kind}List`, plural, singular, categories: ['gateway-api'], ...(shortNames && { shortNames: [...shortNames] }) },
      versions: versions.map((name, index) => ({
        name, served: true, storage: index === 0,
        schema: { openAPIV3Schema: schema as never },
        ...(hasStatus && { subresources: { status: {} } }),
        additionalPrinterColumns: [...columns],
      })),
    },
  };
}
