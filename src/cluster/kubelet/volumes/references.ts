import type { Pod } from '../../../api/generated/core.v1';
import type { Index, Informer } from '../../../client/informer';
import { allContainers } from '../decide/terminate';

const key = (nodeName: string, namespace: string, reference: string) => `${nodeName}/${namespace}/${reference}`;

/** All kubelets of a process share it: an object that changes costs the same however many pods there are. */
const byReference: Index<Pod> = {
  name: 'reference',
  values: (pod) => (pod.spec.nodeName ? Array.from(referencedObjects(pod), (reference) => key(pod.spec.nodeName!, pod.metadata.namespace ?? '', reference)) : []),
};

/** Pods of the node that mount or read the object: `configmaps/name` or `secrets/name`. */
export const podsReferringTo = (informer: Informer<Pod>, nodeName: string, namespace: string, reference: string): readonly Pod[] =>
  informer.find(byReference, key(nodeName, namespace, reference));

/** `configmaps/name` and `secrets/name` that a pod mounts or reads: a change of one concerns it. */
export function referencedObjects(pod: Pod): Set<string> {
  const found = new Set<string>();
  const configMap = (name: string | undefined) => name && found.add(`configmaps/${name}`);
  const secret = (name: string | undefined) => name && found.add(`secrets/${name}`);
  for (const volume of pod.spec.volumes ?? []) {
    configMap(volume.configMap?.name);
    secret(volume.secret?.secretName);
    for (const source of volume.projected?.sources ?? []) {
      configMap(source.configMap?.name);
      secret(source.secret?.name);
    }
  }
  for (const { env = [], envFrom = [] } of allContainers(pod)) {
    for (const { valueFrom } of env) {
      configMap(valueFrom?.configMapKeyRef?.name);
      secret(valueFrom?.secretKeyRef?.name);
    }
    for (const { configMapRef, secretRef } of envFrom) {
      configMap(configMapRef?.name);
      secret(secretRef?.name);
    }
  }
  return found;
}
