import type { LabelSelector } from '../../api/generated/meta.v1';
import type { PodDisruptionBudget } from '../../api/generated/policy.v1';
import type { KubeObject } from '../../api/meta';
import type { Conversion } from '../kind';

const label = 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match';
const matching = (operator: string): LabelSelector => ({ matchExpressions: [{ key: label, operator }] } as LabelSelector);

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector) => Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

function isOnly({ matchLabels = {}, matchExpressions = [] }: LabelSelector, operator: string): boolean {
  const [only, ...others] = matchExpressions;
  return Object.keys(matchLabels).length === 0 && others.length === 0 && only?.key === label && only.operator === operator && !only.values?.length;
}

/** Without what tells the versions' meanings apart. */
function stripped({ matchLabels, matchExpressions, ...rest }: LabelSelector): LabelSelector {
  const labels = matchLabels && Object.fromEntries(Object.entries(matchLabels).filter(([name]) => name !== label));
  const expressions = matchExpressions?.filter(({ key }) => key !== label);
  return { ...rest, ...(labels && { matchLabels: labels }), ...(expressions && { matchExpressions: expressions }) };
}

/** An empty selector meant no pods; in v1 it means all. */
function toV1(selector: LabelSelector): LabelSelector {
  if (isEmpty(selector)) return matching('Exists');
  return isOnly(selector, 'DoesNotExist') ? {} : stripped(selector);
}

function fromV1(selector: LabelSelector): LabelSelector {
  if (isOnly(selector, 'Exists')) return {};
  return isEmpty(selector) ? matching('DoesNotExist') : selector;
}

function changed(object: KubeObject, apiVersion: string, change: (selector: LabelSelector) => LabelSelector): KubeObject {
  const { spec } = object as PodDisruptionBudget;
  return { ...object, apiVersion, ...(spec?.selector && { spec: { ...spec, selector: change(spec.selector) } }) } as KubeObject;
}

/** After pkg/apis/policy/v1beta1/conversion.go. */
export const disruptionBudgetConversion: Conversion = {
  fromStored: (object) => changed(object, 'policy/v1beta1', fromV1),
  toStored: (object) => changed(object, 'policy/v1', toV1),
};
