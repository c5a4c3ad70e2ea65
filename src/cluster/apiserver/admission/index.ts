import type { AdmissionPlugin } from './admission';
import { namespaceLifecycle } from './namespace-lifecycle';

/** In the order in which they run; those that only refuse come first. */
export const admissionChain: readonly AdmissionPlugin[] = [namespaceLifecycle];
