import type { PersistentVolumeClaim } from '../../../../api/generated/core.v1';
import { compareQuantity, newQuantity, parseQuantity, scaledValue, type Quantity } from '../../../../api/quantity';
import { claimClass } from '../../../claims';
import { persistentVolumeClaims } from '../../../resources';
import { count } from '../usage';
import { countName, coversAll, type Evaluator } from './evaluator';

const names = ['persistentvolumeclaims', 'requests.storage'];
const byClass = '.storageclass.storage.k8s.io/';

/** Whole bytes of what is asked for, or of what is allocated if that is more. */
function storageOf({ spec, status }: PersistentVolumeClaim): Quantity | undefined {
  const asked = spec.resources?.requests?.storage;
  if (asked === undefined) return undefined;
  const [requested, allocated] = [parseQuantity(asked), parseQuantity(status?.allocatedResources?.storage ?? '0')];
  const amount = compareQuantity(allocated, requested) > 0 ? allocated : requested;
  return amount.scale < 0 ? newQuantity(scaledValue(amount, 0), amount.format) : amount;
}

/** After k8s.io/kubernetes/pkg/quota/v1/evaluator/core/persistent_volume_claims.go. */
export const claimEvaluator: Evaluator<PersistentVolumeClaim> = {
  resource: persistentVolumeClaims,
  charged: ['CREATE', 'UPDATE'],
  counts: (name) => name === countName(persistentVolumeClaims) || names.includes(name) || names.some((each) => name.endsWith(byClass + each)),
  covers: coversAll,
  usage(claim) {
    const storageClass = claimClass(claim);
    const storage = storageOf(claim);
    const amounts: [string, Quantity][] = [['persistentvolumeclaims', count(1)], ...(storage ? [['requests.storage', storage] as [string, Quantity]] : [])];
    const ofClass = storageClass ? amounts.map(([name, amount]): [string, Quantity] => [`${storageClass}${byClass}${name}`, amount]) : [];
    return new Map([[countName(persistentVolumeClaims), count(1)], ...amounts, ...ofClass]);
  },
  shown: ({ spec, status }) => [spec, status?.allocatedResources],
};
