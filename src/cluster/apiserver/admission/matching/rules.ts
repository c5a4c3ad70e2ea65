import type { RuleWithOperations } from '../../../../api/generated/admissionregistration.v1';
import type { Kind } from '../../../../kinds/kind';
import { storageName } from '../../registry/keys';
import type { AdmissionRequest, Registry } from '../../registry/registry';
import { isNamespaces } from './attributes';

const covers = (words: readonly string[] | undefined, word: string): boolean => words?.some((one) => one === '*' || one === word) ?? false;

/** Whether a rule is about the request, taken for one about `kind`. Source: k8s.io/apiserver/pkg/admission/plugin/webhook/predicates/rules. */
export function matchesRule(rule: RuleWithOperations, request: AdmissionRequest, kind: Kind): boolean {
  return hasScope(rule, request) && covers(rule.operations, request.operation) && covers(rule.apiGroups, kind.group)
    && covers(rule.apiVersions, kind.version) && (rule.resources ?? []).some((text) => isResource(text, kind.plural, request.subresource ?? ''));
}

function hasScope({ scope = '*' }: RuleWithOperations, { kind, namespace }: AdmissionRequest): boolean {
  if (scope === '*') return true;
  const isNamespaced = !isNamespaces(kind) && Boolean(namespace);
  return isNamespaced === (scope === 'Namespaced');
}

/** `pods`, `pods/log`, `*` + `/scale`. */
function isResource(text: string, plural: string, subresource: string): boolean {
  const slash = text.indexOf('/');
  const [resource, sub] = slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
  return (resource === '*' || resource === plural) && (sub === '*' || sub === subresource);
}

export interface Rules<R extends RuleWithOperations = RuleWithOperations> {
  readonly rules: readonly R[];
  /** Equivalent: a rule for one version of a resource is one for all of them. */
  readonly matchPolicy: string | undefined;
}

/** The kind as which the rules want the request; undefined when they are not about it. Source: generic.Webhook.ShouldCallHook. */
export function matchedKind<R extends RuleWithOperations>(registry: Registry, request: AdmissionRequest, { rules, matchPolicy }: Rules<R>, matches: (rule: R, kind: Kind) => boolean = (rule, kind) => matchesRule(rule, request, kind)): Kind | undefined {
  if (rules.some((rule) => matches(rule, request.kind))) return request.kind;
  if (matchPolicy === 'Exact') return undefined;
  const others = equivalents(registry, request);
  // Earlier rules first.
  for (const rule of rules) {
    const kind = others.find((other) => matches(rule, other));
    if (kind) return kind;
  }
  return undefined;
}

/** The other kinds that serve the same stored objects. */
const equivalents = ({ kinds }: Registry, { kind, subresource }: AdmissionRequest): Kind[] =>
  kinds.all().filter((other) => other !== kind && storageName(other) === storageName(kind) && (!subresource || other.subresources?.some((name) => name === subresource)));
