import type { LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod } from '../../../api/generated/core.v1';
import { formatQuantity, newQuantity, parseQuantity, quantityValue, toMilli, toNumber, type Quantity } from '../../../api/quantity';
import { amountsOf, specLimits, specRequests, type Amounts } from '../../pods/requests';

/** What is measured: what a container, a pod or a claim asks for and may use. */
interface Measured {
  readonly requests: Amounts;
  /** Absent where there are only requests. */
  readonly limits?: Amounts;
}

/** Beyond this, thousandths do not fit into Go's integers: whole units are compared. */
const milliMax = 9_223_372_036_854_775;
const zero = newQuantity(0, 'DecimalSI');

/** At a common precision. Source: requestLimitEnforcedValues. */
function numbers(...quantities: readonly (Quantity | undefined)[]): number[] {
  const all = quantities.map((quantity) => quantity ?? zero);
  return all.some((quantity) => quantityValue(quantity) > milliMax) ? all.map(quantityValue) : all.map(toMilli);
}

type Constraint = (type: string, name: string, enforced: Quantity, request: Quantity | undefined, limit: Quantity | undefined) => string | undefined;

const min: Constraint = (type, name, enforced, request, limit) => {
  const [bound, asked, allowed] = numbers(enforced, request, limit) as [number, number, number];
  const says = `minimum ${name} usage per ${type} is ${formatQuantity(enforced)}`;
  if (!request) return `${says}.  No request is specified`;
  if (asked < bound) return `${says}, but request is ${formatQuantity(request)}`;
  return limit && allowed < bound ? `${says}, but limit is ${formatQuantity(limit)}` : undefined;
};

const max: Constraint = (type, name, enforced, request, limit) => {
  const [bound, asked, allowed] = numbers(enforced, request, limit) as [number, number, number];
  const says = `maximum ${name} usage per ${type} is ${formatQuantity(enforced)}`;
  if (!limit) return `${says}.  No limit is specified`;
  if (allowed > bound) return `${says}, but limit is ${formatQuantity(limit)}`;
  return request && asked > bound ? `${says}, but request is ${formatQuantity(request)}` : undefined;
};

const maxRequest: Constraint = (type, name, enforced, request) => {
  const [bound, asked] = numbers(enforced, request) as [number, number];
  const says = `maximum ${name} usage per ${type} is ${formatQuantity(enforced)}`;
  if (!request) return `${says}.  No request is specified`;
  return asked > bound ? `${says}, but request is ${formatQuantity(request)}` : undefined;
};

const ratio: Constraint = (type, name, enforced, request, limit) => {
  const [asked, allowed] = numbers(request, limit, enforced) as [number, number];
  const says = `${name} max limit to request ratio per ${type} is ${formatQuantity(enforced)}`;
  if (!asked) return `${says}, but no request is specified or request is 0`;
  if (!allowed) return `${says}, but no limit is specified or limit is 0`;
  return allowed / asked > toNumber(enforced) ? `${says}, but provided ratio is ${(allowed / asked).toFixed(6)}` : undefined;
};

function check(item: LimitRangeItem, list: 'min' | 'max' | 'maxLimitRequestRatio', constraint: Constraint, { requests, limits }: Measured): string[] {
  return Object.entries(item[list] ?? {}).sort().flatMap(([name, text]) => constraint(item.type, name, parseQuantity(text), requests.get(name), limits?.get(name)) ?? []);
}

const checkAll = (item: LimitRangeItem, measured: Measured): string[] =>
  [...check(item, 'min', min, measured), ...check(item, 'max', max, measured), ...check(item, 'maxLimitRequestRatio', ratio, measured)];

function containersOf({ spec }: Pod): Measured[] {
  return [...spec.containers, ...(spec.initContainers ?? [])].map(({ resources }) => ({ requests: amountsOf(resources?.requests), limits: amountsOf(resources?.limits) }));
}

/** What a new pod does against a LimitRange, in words. After PodValidateLimitFunc of plugin/pkg/admission/limitranger. */
export function podLimitProblems({ spec: { limits = [] } = { limits: [] } }: LimitRange, pod: Pod): string[] {
  return limits.flatMap((item) => {
    if (item.type === 'Container') return containersOf(pod).flatMap((container) => checkAll(item, container));
    return item.type === 'Pod' ? checkAll(item, { requests: specRequests(pod.spec), limits: specLimits(pod.spec) }) : [];
  });
}

/** Of a claim only what it asks for matters. After PersistentVolumeClaimValidateLimitFunc. */
export function claimLimitProblems({ spec: { limits = [] } = { limits: [] } }: LimitRange, { spec }: PersistentVolumeClaim): string[] {
  const measured = { requests: amountsOf(spec.resources?.requests) };
  return limits.filter(({ type }) => type === 'PersistentVolumeClaim')
    .flatMap((item) => [...check(item, 'min', min, measured), ...check(item, 'max', maxRequest, measured)]);
}
