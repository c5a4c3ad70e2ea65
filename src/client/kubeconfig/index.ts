export { loadKubeconfig, readKubeconfig } from './load';
export { kubeconfigFiles, mergeConfigs, type LoadOptions } from './merge';
export { orInCluster } from './in-cluster';
export { resolveConnection, resolveNamespace, type Overrides } from './resolve';
export { editKubeconfig, type EditableConfig } from './edit';
export { KubeconfigError, type KubeconfigErrorCode } from './errors';
export type { Cluster, Kubeconfig, Context, KubeConfig, Located, User } from './types';
