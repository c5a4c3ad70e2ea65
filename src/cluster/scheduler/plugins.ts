import type { Candidate, ClusterState } from './cluster-state';
import type { PodInfo } from './node-info';

/** Why a node cannot take a pod. */
export interface Rejection {
  /** Upstream's words, counted over all nodes in the message to the user. */
  readonly reasons: readonly string[];
  /** Whether it could help that other pods make room. */
  readonly preemptible: boolean;
  /** Said of the pod, not of a node: not counted. */
  readonly ofPod?: true;
}

/**
 * Looks at the pod once and returns the test for nodes; undefined when every node would do, which most pods get from
 * most filters. Pure.
 */
export type Filter = (pod: PodInfo, cluster: ClusterState) => ((node: Candidate) => Rejection | undefined) | undefined;

export interface Score {
  readonly weight: number;
  /** Raw scores are brought to 0 to 100: as they are, relative to the highest, or the highest last. */
  readonly scale: 'none' | 'highest-best' | 'lowest-best';
  /** Undefined when it makes no difference between nodes. Pure. */
  readonly of: (pod: PodInfo, cluster: ClusterState) => ((node: Candidate) => number) | undefined;
}

export const rejected = (preemptible: boolean, ...reasons: string[]): Rejection => ({ reasons, preemptible });
