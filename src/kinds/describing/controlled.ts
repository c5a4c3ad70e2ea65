import type { Pod } from '../../api/generated/core.v1';
import { controllerOf, type KubeObject, type LabelSelector } from '../../api/meta';
import { formatLabelSelector } from '../../api/selectors';
import type { RelatedQuery } from '../describe';
import { fieldIfSet, type Write } from './writer';

/** A selector as a list takes it; what selects everything or cannot be read is no restriction. */
export function selectorQuery(selector: LabelSelector | undefined): { labelSelector?: string } {
  const text = formatLabelSelector(selector);
  return text.startsWith('<') ? {} : { labelSelector: text };
}

export const controlledPods = 'pods';

/** The selector's pods, among which are the controller's own. */
export function podsQuery({ metadata }: KubeObject, selector: LabelSelector | undefined): RelatedQuery {
  return { as: controlledPods, group: '', version: 'v1', plural: 'pods', namespace: metadata.namespace, ...selectorQuery(selector) };
}

export const isControlledBy = (object: KubeObject, owner: KubeObject) => controllerOf(object)?.uid === owner.metadata.uid;

const phases = [['Running', 'Running'], ['Pending', 'Waiting'], ['Succeeded', 'Succeeded'], ['Failed', 'Failed']] as const;

/** `3 Running / 0 Waiting / 0 Succeeded / 0 Failed` */
export function podsStatusText(owner: KubeObject, pods: readonly Pod[]): string {
  const own = pods.filter((pod) => isControlledBy(pod, owner));
  return phases.map(([phase, word]) => `${own.filter(({ status }) => status?.phase === phase).length} ${word}`).join(' / ');
}

export function describeController(write: Write, object: KubeObject): void {
  const owner = controllerOf(object);
  fieldIfSet(write, 'Controlled By', owner && `${owner.kind}/${owner.name}`);
}
