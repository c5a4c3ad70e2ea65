import type { Scale } from '../../../../api/generated/autoscaling.v1';
import { badRequest, internalError } from '../../../../api/errors';
import type { LabelSelector, Unstructured } from '../../../../api/meta';
import { formatRequirements, labelSelectorRequirements } from '../../../../api/selectors';
import type { Kind, ScalePaths } from '../../../../kinds/kind';
import { numberAt, valueAt, withValueAt } from './value-at';
import { validateScale } from './validate-scale';

type Selector = LabelSelector | Record<string, string> | undefined;

const builtIn: ScalePaths = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };

/** autoscaling/v1 Scale of anything that counts its replicas. `paths`: where; `.spec.replicas` and `.status.replicas` when absent. Throws InternalError. */
export function scaleOf(object: Unstructured, paths?: ScalePaths): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const { specReplicasPath, statusReplicasPath } = paths ?? builtIn;
  const replicas = numberAt(object, specReplicasPath);
  // Wording: scaleFromCustomResource.
  if (paths && replicas === undefined) throw internalError(`the spec replicas field "${specReplicasPath}" does not exist`);
  const selector = paths ? customSelector(object, paths) : selectorText((object.spec as { selector?: Selector } | undefined)?.selector);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace && { namespace }), ...(uid && { uid }), ...(resourceVersion && { resourceVersion }), ...(creationTimestamp && { creationTimestamp }) },
    spec: replicas ? { replicas } : {},
    status: { replicas: numberAt(object, statusReplicasPath) ?? 0, ...(selector && { selector }) },
  } as Scale;
}

function customSelector(object: Unstructured, { labelSelectorPath }: ScalePaths): string {
  const selector = labelSelectorPath ? valueAt(object, labelSelectorPath) : undefined;
  return typeof selector === 'string' ? selector : '';
}

/** A ReplicationController selects by a plain map, all others by a LabelSelector. */
function selectorText(selector: Selector): string {
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
  const metadata = { ...current.metadata, uid: uid || current.metadata.uid, resourceVersion: resourceVersion || current.metadata.resourceVersion };
  return withValueAt({ ...current, metadata } as Unstructured, (kind.scale ?? builtIn).specReplicasPath, replicas);
}

export const scaleSchema = 'io.k8s.api.autoscaling.v1.Scale';
