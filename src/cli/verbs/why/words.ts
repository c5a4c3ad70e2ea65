import type { reach, ReachEnd } from '../../../kinds/reach';

/** Why an end lets a connection through, or does not. */
export function said(end: ReachEnd, { allowed, isolatedBy, allowedBy }: ReturnType<typeof reach>['egress']): string {
  if (!('pod' in end)) return 'policies are about pods only';
  if (end.pod.spec?.hostNetwork) return 'it is on the network of its node, where policies do not hold';
  if (isolatedBy.length === 0) return 'no policy restricts it';
  if (allowedBy) return `policy ${allowedBy} allows it`;
  return allowed ? 'a pod always reaches itself' : `denied, since no rule of ${isolatedBy.length === 1 ? 'policy' : 'policies'} ${isolatedBy.join(', ')} allows it`;
}
