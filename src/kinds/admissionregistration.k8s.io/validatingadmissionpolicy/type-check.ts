import type { Type } from '../../../api/cel';
import type { ExpressionWarning, NamedRuleWithOperations, ValidatingAdmissionPolicySpec } from '../../../api/generated/admissionregistration.v1';
import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';
import { parseGroupVersion, type GroupVersionKind } from '../../../api/meta';
import { kinds } from '../../index';
import { compileFor } from '../expressions';
import { policyScope } from './compile';
import { builtInType, customType } from './object-types';

const typesMax = 10;

interface Checked {
  readonly gvk: GroupVersionKind;
  readonly type: Type;
}

/** What is wrong with the expressions of a policy, given the types of what it is about. Source: TypeChecker in policy/validating/typechecking.go. */
export function typeWarnings(spec: ValidatingAdmissionPolicySpec, definitions: readonly CustomResourceDefinition[]): ExpressionWarning[] {
  const about = typesToCheck(spec.matchConstraints?.resourceRules ?? [], definitions);
  const params = spec.paramKind && typeOf({ ...parseGroupVersion(spec.paramKind.apiVersion ?? ''), kind: spec.paramKind.kind ?? '' }, definitions);
  const scopes = about.map(({ gvk, type }) => ({ gvk, names: policyScope(spec, { object: type, params }).names(true) }));
  const warn = (fieldRef: string, source: string | undefined): ExpressionWarning[] => {
    if (!source) return [];
    const issues = scopes.flatMap(({ gvk, names }) => {
      const { error } = compileFor(source, names, []);
      return error === undefined ? [] : [`${gvk.group}/${gvk.version}, Kind=${gvk.kind}: ${error.replace(/^compilation failed: /, '')}\n`];
    });
    return issues.length ? [{ fieldRef, warning: issues.join('\n') }] : [];
  };
  return (spec.validations ?? []).flatMap(({ expression, messageExpression }, i) =>
    [...warn(`spec.validations[${i}].expression`, expression), ...warn(`spec.validations[${i}].messageExpression`, messageExpression)]);
}

/** A rule with wildcards says nothing about types. */
function typesToCheck(rules: readonly NamedRuleWithOperations[], definitions: readonly CustomResourceDefinition[]): Checked[] {
  const found = new Map<string, Checked>();
  for (const resource of rules.flatMap(resourcesOf)) {
    const gvk = kindOf(resource, definitions);
    const type = gvk && typeOf(gvk, definitions);
    if (type && found.size < typesMax) found.set([gvk.group, gvk.version, gvk.kind].join(' '), { gvk, type });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, checked]) => checked);
}

interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

function resourcesOf({ apiGroups = [], apiVersions = [], resources = [] }: NamedRuleWithOperations): Resource[] {
  if ([...apiGroups, ...apiVersions].some((word) => word.includes('*'))) return [];
  const plurals = resources.filter((text) => !/[*/]/.test(text)).sort();
  return [...apiGroups].sort().flatMap((group) => [...apiVersions].sort().flatMap((version) => plurals.map((plural) => ({ group, version, plural }))));
}

function kindOf({ group, version, plural }: Resource, definitions: readonly CustomResourceDefinition[]): GroupVersionKind | undefined {
  const kind = kinds.find((one) => one.group === group && one.version === version && one.plural === plural)?.kind
    ?? definitions.find(({ spec }) => spec.group === group && spec.names.plural === plural)?.spec.names.kind;
  return kind === undefined ? undefined : { group, version, kind };
}

function typeOf({ group, version, kind }: GroupVersionKind, definitions: readonly CustomResourceDefinition[]): Type | undefined {
  const builtIn = kinds.find((one) => one.group === group && one.version === version && one.kind === kind);
  if (builtIn) return builtInType(builtIn.schema, kind);
  const definition = definitions.find(({ spec }) => spec.group === group && spec.names.kind === kind);
  return definition && customType(definition, version);
}
