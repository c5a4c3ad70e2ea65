import { badRequest } from '../errors';
import { quote } from '../go/quote';
import type { LabelSelector } from '../meta';
import { parseLabelRequirements } from './parse-labels';
import { formatRequirement, matchesAll, newRequirement, sortRequirements, type Labels, type Operator, type Requirement } from './requirement';

export type LabelMatcher = (labels?: Labels) => boolean;

const operators: Record<string, Operator> = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' };

function fromExpression({ key, operator, values }: NonNullable<LabelSelector['matchExpressions']>[number]): Requirement {
  const known = operators[operator];
  if (!known) throw badRequest(`${quote(operator)} is not a valid label selector operator`);
  return newRequirement(key, known, values ?? []);
}

/** Undefined selects nothing, an empty selector everything. Throws BadRequest. Source: LabelSelectorAsSelector. */
export function labelSelectorRequirements(selector: LabelSelector | undefined): Requirement[] | undefined {
  if (!selector) return undefined;
  try {
    return sortRequirements([
      ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => newRequirement(key, '=', [value])),
      ...(selector.matchExpressions ?? []).map(fromExpression),
    ]);
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}

/** `app=web,tier in (a,b)`: the matcher of a label selector's text. Throws BadRequest. */
export function parseLabelSelector(text: string): LabelMatcher {
  const requirements = parseLabelRequirements(text);
  return (labels) => matchesAll(requirements, labels);
}

/** The matcher of a selector object: undefined matches nothing, `{}` everything. Throws BadRequest. */
export function labelSelectorMatcher(selector: LabelSelector | undefined): LabelMatcher {
  const requirements = labelSelectorRequirements(selector);
  return requirements ? (labels) => matchesAll(requirements, labels) : () => false;
}

/** The matcher of a plain map (a Service's or ReplicationController's selector). An absent or empty map matches everything. */
export function labelSetMatcher(set: Labels): LabelMatcher {
  const entries = Object.entries(set ?? {});
  return (labels) => entries.every(([key, value]) => labels !== undefined && Object.hasOwn(labels, key) && labels[key] === value);
}

/** labels.Selector.String: `app=web,tier in (a,b)`. */
export const formatRequirements = (requirements: readonly Requirement[]) => requirements.map(formatRequirement).join(',');

/** A selector object as query text, for a list or watch. */
export const labelSelectorText = (selector: LabelSelector) => formatRequirements(labelSelectorRequirements(selector)!);

/** LabelSelector.String, as messages that print the object itself have it. */
export function labelSelectorProtoText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const labels = Object.entries(matchLabels).sort().map(([key, value]) => `${key}: ${value},`).join('');
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`).join('');
  return `&LabelSelector{MatchLabels:map[string]string{${labels}},MatchExpressions:[]LabelSelectorRequirement{${expressions}},}`;
}

/** labels.Set.String and metav1.FormatLabels without the `<none>`: `a=1,b=2`, sorted. */
export function formatLabelSet(labels: Labels): string {
  return Object.keys(labels ?? {}).sort().map((key) => `${key}=${labels![key]}`).join(',');
}

/** metav1.FormatLabelSelector: `<none>` when it restricts nothing, `<error>` when it is invalid. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  try {
    return formatRequirements(labelSelectorRequirements(selector) ?? []) || '<none>';
  } catch {
    return '<error>';
  }
}

/** Text to selector object, as kubectl's generators make it. Throws in the words of ParseToLabelSelector. */
export function parseToLabelSelector(text: string): LabelSelector {
  const selector: LabelSelector = {};
  const names: Partial<Record<Operator, string>> = { in: 'In', notin: 'NotIn', exists: 'Exists', '!': 'DoesNotExist' };
  for (const { key, operator, values } of requirementsOf(text)) {
    if (operator === '=' || operator === '==') {
      selector.matchLabels = { ...selector.matchLabels, [key]: values[0]! };
      continue;
    }
    const name = names[operator];
    if (!name) throw new Error(`${quote(operator)} isn't supported in label selectors`);
    selector.matchExpressions = [...(selector.matchExpressions ?? []), { key, operator: name, ...(values.length && { values: [...values] }) }];
  }
  return selector;
}

function requirementsOf(text: string): readonly Requirement[] {
  try {
    return parseLabelRequirements(text);
  } catch (error) {
    throw new Error(`couldn't parse the selector string "${text}": ${(error as Error).message}`);
  }
}
