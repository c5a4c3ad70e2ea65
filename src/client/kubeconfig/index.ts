export { loadKubeconfig, kubeconfigFiles, type LoadOptions } from './load';
export { resolveConnection, resolveNamespace, type Overrides } from './resolve';
export { editKubeconfig, type EditableConfig } from './edit';
export { KubeconfigError, type KubeconfigErrorCode } from './errors';
export type { Cluster, ConfigFile, Context, KubeConfig, Located, User } from './types';
