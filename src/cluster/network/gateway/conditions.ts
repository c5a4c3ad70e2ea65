import type { Condition } from '../../../api/generated/meta.v1';

/** A condition before it is known when it became so. */
export interface Finding {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

export const good = (type: string, reason = type, message = ''): Finding => ({ type, status: 'True', reason, message });
export const bad = (type: string, reason: string, message: string): Finding => ({ type, status: 'False', reason, message });

/** The conditions to write: the time of a transition stays while the status does. `now`: RFC 3339. */
export function conditionsOf(findings: readonly Finding[], known: readonly Condition[] | undefined, generation: number | undefined, now: string): Condition[] {
  return findings.map((finding) => {
    const before = known?.find(({ type }) => type === finding.type);
    return {
      ...finding, ...(generation !== undefined && { observedGeneration: generation }),
      lastTransitionTime: before?.status === finding.status ? before.lastTransitionTime : now,
    };
  });
}
