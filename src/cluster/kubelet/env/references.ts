import type { ConfigMap, Secret, Service } from '../../../api/generated/core.v1';

/** The objects that a pod spec refers to. Each rejects with an ApiError, reason NotFound where there is none. */
export interface References {
  configMap(namespace: string, name: string): Promise<ConfigMap>;
  secret(namespace: string, name: string): Promise<Secret>;
  /** All services of the namespace, and of `default`. */
  services(namespace: string): readonly Service[];
}
