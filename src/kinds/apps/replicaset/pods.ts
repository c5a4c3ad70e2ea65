import type { ReplicaSet } from '../../../api/generated/apps.v1';
import type { Pod, PodTemplateSpec } from '../../../api/generated/core.v1';
import type { KubeObject } from '../../../api/meta';
import { create, event, remove, type Action } from '../../actions';
import { namespaceTerminating } from '../../failures';
import { controllerRef } from '../../owners';
import { pods, type ResourceRef } from '../../resources';

/** A pod as its controller makes it from a template. The server completes the name. */
function podFromTemplate(template: PodTemplateSpec, ownerResource: ResourceRef, owner: KubeObject): Pod {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    metadata: {
      name: '',
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
      ownerReferences: [controllerRef(ownerResource, owner)],
    },
    spec: template.spec,
  } as Pod;
}

/** Wording: k8s.io/kubernetes/pkg/controller.RealPodControl. */
export const createPod = (resource: ResourceRef<ReplicaSet>, owner: ReplicaSet): Action =>
  create(pods, podFromTemplate(owner.spec.template ?? {}, resource, owner), {
    succeeded: (pod) => [event(resource, owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`)],
    failed: (error) => [event(resource, owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`)],
    tolerates: namespaceTerminating,
  });

export const deletePod = (resource: ResourceRef<ReplicaSet>, owner: ReplicaSet, pod: Pod): Action =>
  remove(pods, pod, {}, {
    succeeded: () => [event(resource, owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`)],
    failed: (error) => [event(resource, owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`)],
  });
