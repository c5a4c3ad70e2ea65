import type { Clock, Random } from '../../../api/clock';
import type { Kind } from '../../../kinds/kind';
import type { Store } from '../../store';
import type { AdmissionPlugin } from '../admission/admission';
import type { TokenSigner } from '../authn/service-account-token';
import type { Hooks } from '../hooks/hooks';
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

const none: Hooks = {};

export const hooksOf = (registry: Registry, kind: Kind): Hooks => registry.hooks.get(storageName(kind)) ?? none;
