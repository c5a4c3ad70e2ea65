import type { Container, PodSpec } from '../../../api/generated/core.v1';
import type { ObjectMeta } from '../../../api/meta';

/** What of a pod is against a rule: `hostPort`, and which: `container "a" uses hostPort 80`. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

export type Rule = (spec: PodSpec, metadata: Pick<ObjectMeta, 'annotations'>) => Violation | undefined;

export interface Check {
  readonly id: string;
  /** Oldest first; each from a minor version of Kubernetes on. */
  readonly versions: readonly (readonly [sinceMinor: number, rule: Rule])[];
  /** The check of the level below that this one replaces. */
  readonly overrides?: string;
}

/** In the order in which they are reported. */
export const allContainers = ({ initContainers = [], containers, ephemeralContainers = [] }: PodSpec): Container[] =>
  [...initContainers, ...containers, ...ephemeralContainers as unknown as Container[]];

/** The names of those that break a rule. */
export const offenders = (spec: PodSpec, breaks: (container: Container) => boolean): string[] => allContainers(spec).filter(breaks).map(({ name }) => name);

export const plural = (word: string, count: number): string => (count === 1 ? word : `${word}s`);

/** `"a", "b"` */
export const quoted = (items: Iterable<string>): string => [...items].map((item) => `"${item}"`).join(', ');

export const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();

/** `containers "a", "b"` */
export const containersText = (names: readonly string[]): string => `${plural('container', names.length)} ${quoted(names)}`;

/** `pod and container "a"` */
export const settersText = (pod: boolean, names: readonly string[], ...others: readonly string[]): string =>
  [...(pod ? ['pod'] : []), ...(names.length ? [containersText(names)] : []), ...others].join(' and ');
