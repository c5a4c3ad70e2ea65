import type { PolicyRule, Subject } from '../../../../api/generated/rbac.v1';
import type { Reconciled } from '../../../../api/rbac';

export interface ReportOptions {
  readonly removesSubjects: boolean;
  readonly removesPermissions: boolean;
}

const list = (items: readonly string[] = []) => `[${items.join(' ')}]`;

const itemTexts = {
  subject: ({ kind, apiGroup = '', name, namespace = '' }: Subject) => `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`,
  rule: ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule) =>
    `{Verbs:${list(verbs)} APIGroups:${list(apiGroups)} Resources:${list(resources)} ResourceNames:${list(resourceNames)} NonResourceURLs:${list(nonResourceURLs)}}`,
};

type Result = { subjects: Reconciled<unknown, Subject> } | { rules: Reconciled<unknown, PolicyRule> };

/** What was done, for stderr: items as Go's %+v prints them. After printResults in reconcile.go. */
export function reportOf(result: Result, { removesSubjects, removesPermissions }: ReportOptions): string {
  const { operation, isProtected } = 'subjects' in result ? result.subjects : result.rules;
  if (operation === 'none') return '';
  const caveat = isProtected ? ', but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)' : '';
  const sections = 'subjects' in result
    ? [section('missing subjects added', result.subjects.missing.map(itemTexts.subject)), section('extra subjects removed', removesSubjects ? result.subjects.extra.map(itemTexts.subject) : [])]
    : [section('missing rules added', result.rules.missing.map(itemTexts.rule)), section('extra rules removed', removesPermissions ? result.rules.extra.map(itemTexts.rule) : [])];
  return `\treconciliation required ${operation}${caveat}\n${sections.join('')}`;
}

const section = (title: string, items: readonly string[]) => (items.length ? `\t${title}:\n${items.map((item) => `\t\t${item}\n`).join('')}` : '');
