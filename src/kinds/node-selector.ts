import type { Node, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from '../api/generated/core.v1';

type Operator = (value: string | undefined, values: readonly string[]) => boolean;

const integers = (value: string | undefined, values: readonly string[]): [number, number] | undefined => {
  const both = [value, values[0]];
  return both.every((text) => text !== undefined && /^[+-]?[0-9]+$/.test(text)) ? [Number(both[0]), Number(both[1])] : undefined;
};

const operators: Record<string, Operator> = {
  In: (value, values) => value !== undefined && values.includes(value),
  NotIn: (value, values) => value === undefined || !values.includes(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
  Gt: (value, values) => {
    const pair = integers(value, values);
    return pair !== undefined && pair[0] > pair[1];
  },
  Lt: (value, values) => {
    const pair = integers(value, values);
    return pair !== undefined && pair[0] < pair[1];
  },
};

const holds = ({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined) => operators[operator]?.(value, values) ?? false;

/** A term without requirements matches nothing. After k8s.io/component-helpers/scheduling/corev1/nodeaffinity. */
export function matchesTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, { metadata }: Node): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  return matchExpressions.every((requirement) => holds(requirement, metadata.labels?.[requirement.key]))
    && matchFields.every((requirement) => requirement.key === 'metadata.name' && holds(requirement, metadata.name));
}

export const matchesNodeSelector = (selector: NodeSelector, node: Node): boolean =>
  selector.nodeSelectorTerms.some((term) => matchesTerm(term, node));
