import type { Scale } from '../../../../api/generated/autoscaling.v1';
import { badRequest } from '../../../../api/errors';
import type { LabelSelector, Unstructured } from '../../../../api/meta';
import { formatRequirements, labelSelectorRequirements } from '../../../../api/selectors';
import type { Kind } from '../../../../kinds/kind';
import { validateScale } from './validate-scale';

interface Scalable extends Unstructured {
  spec?: { replicas?: number; selector?: LabelSelector | Record<string, string> };
  status?: { replicas?: number };
}

/** autoscaling/v1 Scale of anything with spec.replicas and status.replicas. */
export function scaleOf(object: Unstructured): Scale {
  const { metadata, spec, status } = object as Scalable;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const selector = selectorText(spec?.selector);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace && { namespace }), ...(uid && { uid }), ...(resourceVersion && { resourceVersion }), ...(creationTimestamp && { creationTimestamp }) },
    spec: spec?.replicas ? { replicas: spec.replicas } : {},
    status: { replicas: status?.replicas ?? 0, ...(selector && { selector }) },
  } as Scale;
}

/** A ReplicationController selects by a plain map, all others by a LabelSelector. */
function selectorText(selector: LabelSelector | Record<string, string> | undefined): string {
  if (!selector) return '';
  const isLabelSelector = 'matchLabels' in selector || 'matchExpressions' in selector;
  const requirements = labelSelectorRequirements(isLabelSelector ? selector : { matchLabels: selector as Record<string, string> });
  return formatRequirements(requirements ?? []);
}

/** The object scaled. Throws BadRequest, Invalid. */
export function withScale(kind: Kind, current: Unstructured, scale: Unstructured): Unstructured {
  if (scale.metadata.name && scale.metadata.name !== current.metadata.name) {
    throw badRequest(`the name of the object (${scale.metadata.name}) does not match the name on the URL (${current.metadata.name})`);
  }
  validateScale(scale);
  const replicas = (scale.spec as { replicas?: number } | undefined)?.replicas ?? 0;
  const { resourceVersion, uid } = scale.metadata;
  return {
    ...current,
    metadata: { ...current.metadata, uid: uid || current.metadata.uid, resourceVersion: resourceVersion || current.metadata.resourceVersion },
    spec: { ...(current.spec as object | undefined), replicas },
  };
}

export const scaleSchema = 'io.k8s.api.autoscaling.v1.Scale';
