import { labelSetMatcher } from '../../../api/selectors';
import { tolerates, untoleratedTaint } from '../../../kinds/taints';
import { matchesNodeSelector } from '../../../kinds/node-selector';
import { rejected, type Filter } from '../plugins';

/* Filters on what the node is. Making room on it would not help. */

const cordon = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;

export const nodeUnschedulable: Filter = ({ pod }) => {
  if (pod.spec?.tolerations?.some((toleration) => tolerates(toleration, cordon))) return undefined;
  return ({ node }) => (node.spec?.unschedulable ? rejected(false, 'node(s) were unschedulable') : undefined);
};

export const nodeName: Filter = ({ pod }) => {
  const wanted = pod.spec?.nodeName;
  if (!wanted) return undefined;
  return ({ name }) => (name === wanted ? undefined : rejected(false, "node(s) didn't match the requested node name"));
};

export const taintToleration: Filter = ({ pod }) => ({ node }) => {
  const taint = untoleratedTaint(node.spec?.taints, pod.spec?.tolerations, ['NoSchedule', 'NoExecute']);
  return taint && rejected(false, `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`);
};

export const nodeAffinity: Filter = ({ pod }) => {
  const { nodeSelector, affinity } = pod.spec ?? {};
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!nodeSelector && !required) return undefined;
  const matches = labelSetMatcher(nodeSelector);
  return ({ node }) => {
    const fits = matches(node.metadata.labels) && (!required || matchesNodeSelector(required, node));
    return fits ? undefined : rejected(false, "node(s) didn't match Pod's node affinity/selector");
  };
};
