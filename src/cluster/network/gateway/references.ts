import type { ReferenceGrant } from '../../../kinds/gateway.networking.k8s.io/types';

export interface Referrer {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

export interface Referent {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Whether one may refer to the other: in its own namespace always, in another where a ReferenceGrant there says so. */
export function isGranted(grants: readonly ReferenceGrant[], from: Referrer, to: Referent): boolean {
  if (from.namespace === to.namespace) return true;
  return grants.some(({ metadata, spec }) => metadata.namespace === to.namespace
    && spec.from.some((one) => one.group === from.group && one.kind === from.kind && one.namespace === from.namespace)
    && spec.to.some((one) => one.group === to.group && one.kind === to.kind && (!one.name || one.name === to.name)));
}
