import type { Pod } from '../../../api/generated/core.v1';
import { allContainers } from '../decide/terminate';

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
