import type { Clock, Random } from '../../../api/clock';
import type { Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import type { Store } from '../../store';
import type { TokenSigner } from '../authn/service-account-token';
import type { WriteContext } from './context';
import { storageName } from './keys';
import type { KindTable } from './kind-table';

/** What the verbs work on. Everything in it is deterministic with a memory store and a virtual clock. */
export interface Registry {
  readonly store: Store;
  readonly kinds: KindTable;
  readonly clock: Clock;
  readonly random: Random;
  readonly admission: readonly AdmissionPlugin[];
  /** By `group/plural` as stored. */
  readonly hooks: ReadonlyMap<string, Hooks>;
  /** Signs ServiceAccount tokens; absent where there is no key. */
  readonly tokens?: TokenSigner;
}

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** What an object is that travels through a subresource of another: a Scale, an Eviction, the options of an exec. */
export interface AdmittedType {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly schema: string;
}

export interface AdmissionRequest {
  readonly operation: Operation;
  /** Of the resource that the request is about. */
  readonly kind: Kind;
  readonly subresource?: string;
  /** Of `object` and `old`, where they are not of `kind`. */
  readonly type?: AdmittedType;
  readonly namespace?: string;
  /** '' before generateName took effect. */
  readonly name: string;
  /** May be changed in place by `admit`; absent for a DELETE. */
  readonly object?: Unstructured;
  readonly old?: Unstructured;
  readonly context: WriteContext;
}

/**
 * Decides on requests and completes their objects, as k8s.io/apiserver/pkg/admission does. Both functions refuse by
 * throwing an ApiError.
 */
export interface AdmissionPlugin {
  readonly name: string;
  /** Looked at before the call; every request when absent. */
  readonly operations?: readonly Operation[];
  /** Those that it is about, in whichever version and with their subresources; every one when absent. */
  readonly resources?: readonly Pick<Kind, 'group' | 'plural'>[];
  /** May change the object in place. Runs after defaults, before the strategy prepares the object: it may run twice. */
  admit?(request: AdmissionRequest, registry: Registry, reinvocation: Reinvocation): void | Promise<void>;
  /** Sees the object as it is to be stored, valid, and leaves it so. What it takes for the request it gives back in `Settle`. */
  validate?(request: AdmissionRequest, registry: Registry): void | Settle | Promise<void | Settle>;
}

/** Called once when the fate of a request that a plugin let through is known; `written` is false for a failure, a lost race and a dry run. Must not reject. */
export type Settle = (written: boolean) => void | Promise<void>;

/** What the plugins of one request tell each other about a second round. Source: k8s.io/apiserver/pkg/admission/reinvocation.go. */
export interface Reinvocation {
  readonly isReinvoke: boolean;
  /** An object changed in a way that earlier plugins may want to see. */
  require(): void;
  /** What a plugin keeps from one round to the next, by its name. */
  readonly state: Map<string, unknown>;
}

/**
 * What the server does for one kind beside storing it: resources that it hands out, deletions that it holds back.
 * Keyed by `group/plural` in ./index.ts; the generic path calls them and knows no kind.
 */
export interface Hooks {
  /**
   * Before a create or update is validated: may complete the object in place and take resources for it (addresses, ports).
   * `release` undoes that; it is called when the write fails or was a dry run. Throws ApiError.
   */
  allocate?(write: HookWrite): (() => void) | undefined;
  /** After a write (`object` absent: a removal) is durable: gives back what the old state held and the new one does not. */
  written?(registry: Registry, object: Unstructured | undefined, old: Unstructured | undefined): void;
  /** The object stays, marked as being deleted, while this holds, whatever its finalizers say. */
  holdsDeletion?(object: Unstructured): boolean;
  /** Changes the object in place when its deletion begins. */
  deleting?(object: Unstructured): void;
  /** Answers a create instead of storing the object: what the answer says beside kind and apiVersion. */
  answer?(object: Unstructured, context: WriteContext, namespace: string | undefined): Record<string, unknown>;
  /** Does what a created object asks for instead of storing it. Resolves to the whole answer: an object or a Status. */
  take?(registry: Registry, namespace: string | undefined, object: Unstructured, context: WriteContext): Promise<Unstructured>;
  /**
   * Answers reads instead of the store, of a kind that is neither written nor watched: what there is now, in a namespace
   * or everywhere. Given a `name`, that object is enough; throws NotFound where another than the generic one fits better.
   */
  computed?(registry: Registry, namespace: string | undefined, name?: string): Unstructured[] | Promise<Unstructured[]>;
  /** The answer to a delete that removed the object is the object, not a Status. */
  readonly returnsDeleted?: boolean;
  /** Once, when the server starts: takes for the stored objects what they hold. */
  restore?(registry: Registry): void;
}

export interface HookWrite {
  readonly registry: Registry;
  readonly object: Unstructured;
  readonly old: Unstructured | undefined;
  readonly context: WriteContext;
}

const none: Hooks = {};

export const hooksOf = (registry: Registry, kind: Kind): Hooks => registry.hooks.get(storageName(kind)) ?? none;
