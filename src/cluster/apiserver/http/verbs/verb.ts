import type { Kind } from '../../../../kinds/kind';
import type { Registry } from '../../registry';
import type { Exchange, Reply } from '../exchange';

export interface VerbTarget {
  readonly registry: Registry;
  readonly kind: Kind;
  readonly namespace: string | undefined;
  /** Set for everything but list, watch, create and deletecollection. */
  readonly name: string | undefined;
}

export type VerbHandler = (exchange: Exchange, target: VerbTarget) => Promise<Reply | void> | Reply | void;
