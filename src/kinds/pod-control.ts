import type { Pod, PodTemplateSpec } from '../api/generated/core.v1';
import type { KubeObject } from '../api/meta';
import { create, event, remove, type Action } from './actions';
import { namespaceTerminating } from './failures';
import { controllerRef } from './owners';
import { pods, type ResourceRef } from './resources';

/** A pod as its controller makes it from a template. The server completes the name. */
export function podFromTemplate(template: PodTemplateSpec, ownerResource: ResourceRef, owner: KubeObject): Pod {
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
export const createPod = (resource: ResourceRef, owner: KubeObject, template: PodTemplateSpec, generateName?: string): Action => {
  const pod = podFromTemplate(template, resource, owner);
  return create(pods, generateName === undefined ? pod : { ...pod, metadata: { ...pod.metadata, generateName } }, {
    succeeded: ({ metadata: { name } }) => [event(resource, owner, 'Normal', 'SuccessfulCreate', `Created pod: ${name}`)],
    failed: (error) => [event(resource, owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`)],
    tolerates: namespaceTerminating,
  });
};

export const deletePod = (resource: ResourceRef, owner: KubeObject, pod: Pod): Action =>
  remove(pods, pod, {}, {
    succeeded: () => [event(resource, owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`)],
    failed: (error) => [event(resource, owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`)],
  });
