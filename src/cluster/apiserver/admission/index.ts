import type { AdmissionPlugin } from '../registry/registry';
import { limitRanger } from './limit-ranger';
import { namespaceLifecycle } from './namespace-lifecycle';
import { defaultTolerationSeconds, priority } from './pod-defaults';
import { serviceAccount } from './service-account';

/** In the order in which they run. */
export const admissionChain: readonly AdmissionPlugin[] = [namespaceLifecycle, limitRanger, serviceAccount, defaultTolerationSeconds, priority];
