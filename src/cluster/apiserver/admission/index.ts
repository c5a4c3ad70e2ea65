import type { AdmissionPlugin } from '../registry/registry';
import { persistentVolumeClaimResize } from './claim-resize';
import { defaultIngressClass, defaultStorageClass } from './default-classes';
import { defaultTolerationSeconds } from './default-tolerations';
import { limitRanger } from './limit-ranger';
import { namespaceLifecycle } from './namespace-lifecycle';
import { taintNodesByCondition } from './node-taints';
import { podSecurity } from './pod-security';
import { priority } from './priority';
import { runtimeClass } from './runtime-class';
import { serviceAccount } from './service-account';
import { storageObjectInUseProtection } from './storage-protection';

/** In the order in which they run. Source: AllOrderedPlugins of k8s.io/kubernetes/pkg/kubeapiserver/options. */
export const admissionChain: readonly AdmissionPlugin[] = [
  namespaceLifecycle, limitRanger, serviceAccount, taintNodesByCondition, podSecurity, priority, defaultTolerationSeconds, defaultStorageClass,
  storageObjectInUseProtection, persistentVolumeClaimResize, runtimeClass, defaultIngressClass,
];
