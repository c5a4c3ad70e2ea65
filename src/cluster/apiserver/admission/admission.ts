import type { Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import type { WriteContext } from '../registry/context';
import type { Registry } from '../registry/registry';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

export interface AdmissionRequest {
  readonly operation: Operation;
  readonly kind: Kind;
  readonly subresource?: string;
  readonly namespace?: string;
  /** '' before generateName took effect. */
  readonly name: string;
  /** May be changed in place by `admit`; absent for a DELETE. */
  readonly object?: Unstructured;
  readonly old?: Unstructured;
  readonly context: WriteContext;
}

/** Refuses a request by throwing an ApiError, or completes its object. Runs after defaults and before validation. */
export interface AdmissionPlugin {
  readonly name: string;
  /** Looked at before the call; every request when absent. */
  readonly operations?: readonly Operation[];
  admit(request: AdmissionRequest, registry: Registry): void | Promise<void>;
}

export async function admit(registry: Registry, request: AdmissionRequest): Promise<void> {
  for (const plugin of registry.admission) {
    if (!plugin.operations || plugin.operations.includes(request.operation)) await plugin.admit(request, registry);
  }
}
