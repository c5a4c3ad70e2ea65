import type { FieldError } from '../../../api/errors';
import { child, index, invalidValue, isDNS1123Subdomain, notSupported, required } from '../../../api/validation';
import { parseYaml } from '../../../api/yaml';
import { levels, stages, type AuditPolicy, type AuditRule, type Level, type Stage } from './policy';

type Fields = Record<string, unknown>;
type Read = (value: unknown, path: string) => void;

/** What each field has to be; what is not listed is passed over, as upstream does. Throws an Error that names the place. */
const list = (each: Read): Read => (value, path) => {
  if (!Array.isArray(value)) throw new Error(`${path} is not a list`);
  value.forEach((item, at) => each(item, `${path}[${at}]`));
};
const scalar = (type: 'string' | 'boolean'): Read => (value, path) => {
  if (typeof value !== type) throw new Error(`${path} is not a ${type}`);
};
const fields = (known: Record<string, Read>): Read => (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${path || 'the policy'} is not an object`);
  for (const [name, member] of Object.entries(value)) if (member !== null) known[name]?.(member, path ? `${path}.${name}` : name);
};

const strings = list(scalar('string'));
const omissions = { omitStages: strings, omitManagedFields: scalar('boolean') };
const rule = fields({
  level: scalar('string'), users: strings, userGroups: strings, verbs: strings, namespaces: strings, nonResourceURLs: strings, ...omissions,
  resources: list(fields({ group: scalar('string'), resources: strings, resourceNames: strings })),
});
const policyFields = fields({ apiVersion: scalar('string'), kind: scalar('string'), rules: list(rule), ...omissions });

/** An audit.k8s.io/v1 Policy in YAML or JSON. Throws an Error that says what is wrong. Source: k8s.io/apiserver/pkg/audit/policy/reader.go. */
export function readAuditPolicy(text: string): AuditPolicy {
  const policy = parseYaml(text)[0] as Fields | undefined;
  policyFields(policy, '');
  if (policy!.apiVersion !== 'audit.k8s.io/v1' || policy!.kind !== 'Policy') throw new Error(`audit.k8s.io/v1 Policy expected, found ${String(policy!.apiVersion)} ${String(policy!.kind)}`);
  const { rules = [], omitStages = [], omitManagedFields = false } = policy as Partial<AuditPolicy>;
  const errors = [...stageErrors(omitStages, 'omitStages'), ...rules.flatMap((each, at) => ruleErrors(each, index('rules', at)))];
  if (errors.length) throw new Error(aggregate(errors));
  if (!rules.length) throw new Error('loaded illegal policy with 0 rules');
  return { rules, omitStages, omitManagedFields };
}

/** Source: k8s.io/apiserver/pkg/apis/audit/validation. */
function ruleErrors(of: AuditRule, path: string): FieldError[] {
  const { level, nonResourceURLs = [], resources = [], namespaces = [], omitStages = [] } = of;
  return [
    ...levelErrors(level, child(path, 'level')),
    ...nonResourceURLs.flatMap((url, at) => urlErrors(url, index(child(path, 'nonResourceURLs'), at))),
    ...resources.flatMap(({ group = '', resources: patterns = [], resourceNames = [] }) => [
      ...(group ? isDNS1123Subdomain(group).map((why) => invalidValue(child(path, 'resources', 'group'), group, why)) : []),
      ...(resourceNames.length && !patterns.length ? [invalidValue(child(path, 'resources', 'resourceNames'), resourceNames, 'using resourceNames requires at least one resource')] : []),
    ]),
    ...stageErrors(omitStages, child(path, 'omitStages')),
    ...(nonResourceURLs.length && (resources.length || namespaces.length)
      ? [invalidValue(child(path, 'nonResourceURLs'), nonResourceURLs, 'rules cannot apply to both regular resources and non-resource URLs')] : []),
  ];
}

function levelErrors(level: Level | undefined, path: string): FieldError[] {
  if (!level) return [required(path)];
  return levels.includes(level) ? [] : [notSupported(path, level, levels)];
}

function urlErrors(url: string, path: string): FieldError[] {
  if (url === '*') return [];
  return [
    ...(url.startsWith('/') ? [] : [invalidValue(path, url, `non-resource URL rules must begin with a '/' character`)]),
    ...(url.slice(0, -1).includes('*') ? [invalidValue(path, url, `non-resource URL wildcards '*' must be the final character of the rule`)] : []),
  ];
}

const stageErrors = (given: readonly Stage[], path: string): FieldError[] =>
  given.flatMap((stage, at) => (stages.includes(stage) ? [] : [invalidValue(index(path, at), stage, `allowed stages are ${stages.join(',')}`)]));

function aggregate(errors: FieldError[]): string {
  const texts = [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
  return texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`;
}
