import type { FieldError } from '../../../api/errors';
import type { LimitRange, LimitRangeItem } from '../../../api/generated/core.v1';
import { canonicalQuantity, compareQuantity, parseQuantity, toNumber, type Quantity } from '../../../api/quantity';
import {
  duplicate, forbiddenField, invalidEach, invalidValue, isQualifiedName, nameIsDNSSubdomain, required, validateObjectMeta, type Path,
} from '../../../api/validation';
import { mayOvercommit, validateContainerResourceName, validateResourceName } from '../../resource-names';

const types = ['Container', 'PersistentVolumeClaim', 'Pod'];
const lists = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;
type List = (typeof lists)[number];

function validateType(type: string, path: Path): FieldError[] {
  const malformed = invalidEach(path, type, isQualifiedName(type));
  if (malformed.length > 0 || type.includes('/') || types.includes(type)) return malformed;
  return [invalidValue(path, type, 'must be a standard limit type or fully qualified')];
}

/** A pair of amounts of which the first may not be greater, and how the sentence calls them. */
interface Order {
  readonly less: List;
  readonly more: List;
  readonly say: (less: string, more: string) => string;
  /** The amount that is blamed, and the one shown as the bad value. */
  readonly field: List;
  readonly shown: List;
}

const orders: readonly Order[] = [
  { less: 'min', more: 'max', field: 'min', shown: 'min', say: (min, max) => `min value ${min} is greater than max value ${max}` },
  { less: 'min', more: 'defaultRequest', field: 'defaultRequest', shown: 'defaultRequest', say: (min, request) => `min value ${min} is greater than default request value ${request}` },
  { less: 'defaultRequest', more: 'max', field: 'defaultRequest', shown: 'defaultRequest', say: (request, max) => `default request value ${request} is greater than max value ${max}` },
  { less: 'defaultRequest', more: 'default', field: 'defaultRequest', shown: 'defaultRequest', say: (request, limit) => `default request value ${request} is greater than default limit value ${limit}` },
  { less: 'min', more: 'default', field: 'default', shown: 'min', say: (min, limit) => `min value ${min} is greater than default value ${limit}` },
  { less: 'default', more: 'max', field: 'default', shown: 'max', say: (limit, max) => `default value ${limit} is greater than max value ${max}` },
];

type Amounts = Partial<Record<List, { readonly text: string; readonly quantity: Quantity }>>;

function amountsOf(item: LimitRangeItem, name: string): Amounts {
  return Object.fromEntries(lists.flatMap((list) => {
    const text = item[list]?.[name];
    return text === undefined ? [] : [[list, { text: canonicalQuantity(text), quantity: parseQuantity(text) }]];
  }));
}

function validateOrder(amounts: Amounts, name: string, path: Path): FieldError[] {
  return orders.flatMap(({ less, more, field, shown, say }) => {
    const [low, high] = [amounts[less], amounts[more]];
    if (!low || !high || compareQuantity(low.quantity, high.quantity) <= 0) return [];
    return [invalidValue(`${path}.${field}[${name}]`, amounts[shown]!.text, say(low.text, high.text))];
  });
}

function validateRatio({ maxLimitRequestRatio: ratio, min, max }: Amounts, name: string, path: Path): FieldError[] {
  if (!ratio) return [];
  const at = `${path}.maxLimitRequestRatio[${name}]`;
  const most = min && max ? toNumber(max.quantity) / toNumber(min.quantity) : Infinity;
  return [
    ...(toNumber(ratio.quantity) < 1 ? [invalidValue(at, ratio.text, `ratio ${ratio.text} is less than 1`)] : []),
    ...(toNumber(ratio.quantity) > most ? [invalidValue(at, ratio.text, `ratio ${ratio.text} is greater than max/min = ${most.toFixed(6)}`)] : []),
  ];
}

/** Of what cannot be overcommitted, request and limit are the same. */
function validateFixed({ default: limit, defaultRequest: request }: Amounts, name: string, path: Path): FieldError[] {
  if (mayOvercommit(name) || !limit || !request || compareQuantity(limit.quantity, request.quantity) === 0) return [];
  return [invalidValue(`${path}.defaultRequest[${name}]`, request.text, `default value ${limit.text} must equal to defaultRequest value ${request.text} in ${name}`)];
}

function validateNames(item: LimitRangeItem, checked: readonly List[], path: Path): FieldError[] {
  const validateName = item.type === 'Pod' || item.type === 'Container' ? validateContainerResourceName : validateResourceName;
  return checked.flatMap((list) => Object.keys(item[list] ?? {}).flatMap((name) => validateName(name, `${path}.${list}[${name}]`)));
}

const hasAny = (amounts: Record<string, string> | undefined) => Object.keys(amounts ?? {}).length > 0;

function validateItem(item: LimitRangeItem, path: Path): FieldError[] {
  const forPods = item.type === 'Pod';
  const checked = forPods ? lists.filter((list) => list !== 'default' && list !== 'defaultRequest') : lists;
  const names = [...new Set(checked.flatMap((list) => Object.keys(item[list] ?? {})))];
  const unlimitedClaim = item.type === 'PersistentVolumeClaim' && item.min?.storage === undefined && item.max?.storage === undefined;
  return [
    ...validateNames(item, checked, path),
    ...(['default', 'defaultRequest'] as const).flatMap((list) =>
      forPods && hasAny(item[list]) ? [forbiddenField(`${path}.${list}`, "may not be specified when `type` is 'Pod'")] : []),
    ...(unlimitedClaim ? [required(`${path}.limits`, 'either minimum or maximum storage value is required, but neither was provided')] : []),
    ...names.flatMap((name) => {
      const amounts = amountsOf(item, name);
      return [...validateOrder(amounts, name, path), ...validateRatio(amounts, name, path), ...validateFixed(amounts, name, path)];
    }),
  ];
}

/** After ValidateLimitRange. */
export function validateLimitRange({ metadata, spec }: LimitRange): FieldError[] {
  const items = spec?.limits ?? [];
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...items.flatMap((item, i) => {
      const path = `spec.limits[${i}]`;
      const repeated = items.findIndex(({ type }) => type === item.type) < i;
      return [
        ...validateType(item.type ?? '', `${path}.type`),
        ...(repeated ? [duplicate(`${path}.type`, item.type)] : []),
        ...validateItem(item, path),
      ];
    }),
  ];
}
