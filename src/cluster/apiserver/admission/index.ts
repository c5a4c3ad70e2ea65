import type { AdmissionPlugin } from '../registry/registry';
import { namespaceLifecycle } from './namespace-lifecycle';
import { defaultTolerationSeconds, priority } from './pod-defaults';
import { serviceAccount } from './service-account';

/** In the order in which they run. */
export const admissionChain: readonly AdmissionPlugin[] = [namespaceLifecycle, serviceAccount, defaultTolerationSeconds, priority];
