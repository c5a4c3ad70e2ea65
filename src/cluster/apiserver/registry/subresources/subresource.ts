import type { Unstructured } from '../../../../api/meta';
import type { Column, Kind } from '../../../../kinds/kind';
import type { WriteContext } from '../context';
import type { Patch } from '../patch';
import type { Registry } from '../registry';

export interface Target {
  readonly registry: Registry;
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly name: string;
}

export interface Answer {
  /** With kind and apiVersion. */
  readonly object: Unstructured;
  /** HTTP status; 200 when absent. */
  readonly code?: number;
}

/** The kind that a subresource speaks, where it is not that of its owner. */
export interface SubresourceType {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly schema: string;
  /** Versions of the same form that are taken as this one. */
  readonly otherVersions?: readonly string[];
  readonly columns?: readonly Column[];
}

/** What can be done with a subresource. An absent verb is answered with 405. */
export interface SubresourceHandler {
  /** For discovery and for decoding; the owner's when absent. */
  readonly type?: SubresourceType;
  get?(target: Target): Promise<Answer>;
  create?(target: Target, object: Unstructured, context: WriteContext): Promise<Answer>;
  update?(target: Target, object: Unstructured, context: WriteContext): Promise<Answer>;
  patch?(target: Target, patch: Patch, context: WriteContext): Promise<Answer>;
}
