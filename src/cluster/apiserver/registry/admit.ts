import type { AdmissionRequest, Registry } from './registry';

/** Runs the chain. Throws what a plugin refuses with. */
export async function admit(registry: Registry, request: AdmissionRequest): Promise<void> {
  for (const plugin of registry.admission) {
    if (!plugin.operations || plugin.operations.includes(request.operation)) await plugin.admit(request, registry);
  }
}
