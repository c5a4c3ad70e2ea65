import type { FieldError } from '../../../api/errors';
import type { ResourceQuota, ResourceQuotaSpec } from '../../../api/generated/core.v1';
import { canonicalQuantity, parseQuantity, toMilli } from '../../../api/quantity';
import {
  fieldIsImmutable, invalidValue, nameIsDNSSubdomain, nonNegative, required, semanticEqual, ShownAs, validateObjectMeta, type Path,
} from '../../../api/validation';
import { isIntegerResource, isQuotaResource, validateResourceName } from '../../resource-names';

const terminating = ['Terminating', 'NotTerminating'];
const effort = ['BestEffort', 'NotBestEffort'];
/** Scopes that either hold or do not: there is nothing to compare. */
const plainScopes = [...terminating, ...effort, 'CrossNamespacePodAffinity'];
const scopes = [...plainScopes, 'PriorityClass'];

const podCompute = ['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];

function scopeCovers(scope: string, resource: string): boolean {
  if (!scopes.includes(scope) || resource === 'pods') return true;
  return scope !== 'BestEffort' && podCompute.includes(resource);
}

function validateAmounts(amounts: Record<string, string> | undefined, path: Path): FieldError[] {
  return Object.entries(amounts ?? {}).flatMap(([name, text]) => {
    const at = `${path}[${name}]`;
    const quantity = parseQuantity(text);
    const plain = !name.includes('/');
    return [
      ...validateResourceName(name, at),
      ...(plain && !isQuotaResource(name) ? [invalidValue(at, name, 'must be a standard resource for quota')] : []),
      ...(quantity.unscaled < 0n ? [invalidValue(at, canonicalQuantity(text), nonNegative)] : []),
      ...(isIntegerResource(name) && toMilli(quantity) % 1000 !== 0 ? [invalidValue(at, canonicalQuantity(text), 'must be an integer')] : []),
    ];
  });
}

const shownScopes = (list: readonly string[] | undefined) =>
  new ShownAs(list?.length ? `[]core.ResourceQuotaScope{${list.map((scope) => JSON.stringify(scope)).join(', ')}}` : '[]core.ResourceQuotaScope(nil)');

const conflict = (list: readonly string[]) => [effort, terminating].filter((pair) => pair.every((scope) => list.includes(scope)));

function validateScopes({ scopes: list, hard }: ResourceQuotaSpec, path: Path): FieldError[] {
  if (!list?.length) return [];
  const resources = Object.keys(hard ?? {}).filter(isQuotaResource).sort();
  return [
    ...list.flatMap((scope) => [
      ...(scopes.includes(scope) ? [] : [invalidValue(path, shownScopes(list), 'unsupported scope')]),
      ...resources.filter((resource) => !scopeCovers(scope, resource)).map(() => invalidValue(path, shownScopes(list), 'unsupported scope applied to resource')),
    ]),
    ...conflict(list).map(() => invalidValue(path, shownScopes(list), 'conflicting scopes')),
  ];
}

type ScopeTerm = NonNullable<NonNullable<ResourceQuotaSpec['scopeSelector']>['matchExpressions']>[number];

const mustExist = "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, "
  + 'ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity';

function validateOperator({ operator, values }: ScopeTerm, path: Path): FieldError[] {
  const given = values?.length ?? 0;
  switch (operator as string) {
    case 'In': case 'NotIn':
      return given > 0 ? [] : [required(`${path}.values`, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector")];
    case 'Exists': case 'DoesNotExist':
      return given === 0 ? [] : [invalidValue(`${path}.values`, values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector")];
    default:
      return [invalidValue(`${path}.operator`, operator ?? '', 'not a valid selector operator')];
  }
}

function validateScopeSelector(spec: ResourceQuotaSpec, path: Path): FieldError[] {
  const terms = spec.scopeSelector?.matchExpressions ?? [];
  const shown = new ShownAs(JSON.stringify(spec.scopeSelector));
  const resources = Object.keys(spec.hard ?? {}).filter(isQuotaResource).sort();
  return [
    ...terms.flatMap((term) => [
      ...(scopes.includes(term.scopeName) ? [] : [invalidValue(`${path}.scopeName`, term.scopeName ?? '', 'unsupported scope')]),
      ...resources.filter((resource) => !scopeCovers(term.scopeName, resource)).map(() => invalidValue(path, shown, 'unsupported scope applied to resource')),
      ...(plainScopes.includes(term.scopeName) && term.operator !== 'Exists' ? [invalidValue(`${path}.operator`, term.operator ?? '', mustExist)] : []),
      ...validateOperator(term, path),
    ]),
    ...conflict(terms.map(({ scopeName }) => scopeName)).map(() => invalidValue(path, shownScopes(spec.scopes), 'conflicting scopes')),
  ];
}

/** After ValidateResourceQuota. */
export function validateQuota({ metadata, spec = {} }: ResourceQuota): FieldError[] {
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...validateAmounts(spec.hard, 'spec.hard'),
    ...validateScopes(spec, 'spec.scopes'),
    ...validateScopeSelector(spec, 'spec.scopeSelector.matchExpressions'),
  ];
}

export function validateQuotaUpdate({ spec }: ResourceQuota, { spec: old }: ResourceQuota): FieldError[] {
  const set = (list: readonly string[] | undefined) => [...new Set(list)].sort();
  return semanticEqual(set(spec?.scopes), set(old?.scopes)) ? [] : [invalidValue('spec.scopes', shownScopes(spec?.scopes), fieldIsImmutable)];
}

export const validateQuotaStatus = ({ status }: ResourceQuota): FieldError[] =>
  [...validateAmounts(status?.hard, 'status.hard'), ...validateAmounts(status?.used, 'status.used')];
