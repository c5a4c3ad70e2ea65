/**
 * The nft table of a node as data: what is compared, and what a script is written from. Names are nft's own.
 * Element and rule texts are canonical: equal state has equal text.
 */
export interface Ruleset {
  readonly chains: ReadonlyMap<string, Chain>;
  readonly sets: ReadonlyMap<string, NftSet>;
}

export interface Chain {
  /** `type nat hook prerouting priority dstnat; policy accept;` for the chains where packets enter. */
  readonly hook?: string;
  readonly rules: readonly string[];
}

/** A set, or a map when its elements have values. */
export interface NftSet {
  readonly kind: 'set' | 'map';
  /** `type ipv4_addr . inet_proto . inet_service : verdict;` */
  readonly declaration: string;
  /** Key → value; '' in a set. Of a dynamic set, which packets fill, always empty. */
  readonly elements: ReadonlyMap<string, string>;
}

export const table = 'ip knarr';

export const emptyRuleset: Ruleset = { chains: new Map(), sets: new Map() };
