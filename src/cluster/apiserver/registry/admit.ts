import { forbidden, type ApiError } from '../../../api/errors';
import type { AdmissionPlugin, AdmissionRequest, Registry, Reinvocation, Settle } from './registry';

/** Runs the mutating half of the chain, once more where a plugin asks for it. Throws what a plugin refuses with. */
export async function admit(registry: Registry, request: AdmissionRequest): Promise<void> {
  const state = new Map<string, unknown>();
  let isRequired = false;
  const require = () => void (isRequired = true);
  await mutate(registry, request, { isReinvoke: false, require, state });
  if (isRequired) await mutate(registry, request, { isReinvoke: true, require, state });
}

async function mutate(registry: Registry, request: AdmissionRequest, reinvocation: Reinvocation): Promise<void> {
  for (const plugin of registry.admission) if (handles(plugin, request)) await plugin.admit?.(request, registry, reinvocation);
}

/**
 * Writes an object that nothing changes any more if the validating half lets it, and tells the plugins how that went.
 * Throws what a plugin refuses with, and what the write fails with.
 */
export async function whenValid<T>(registry: Registry, request: AdmissionRequest, write: () => Promise<T>): Promise<T> {
  const taken: Settle[] = [];
  const settle = async (written: boolean) => {
    for (const one of taken) await one(written);
  };
  try {
    await validate(registry, request, taken);
    const result = await write();
    await settle(result !== 'raced' && !request.context.dryRun);
    return result;
  } catch (error) {
    await settle(false);
    throw error;
  }
}

async function validate(registry: Registry, request: AdmissionRequest, taken: Settle[]): Promise<void> {
  for (const plugin of registry.admission) {
    const settle = handles(plugin, request) && await plugin.validate?.(request, registry);
    if (settle) taken.push(settle);
  }
}

/** Asks the validating half where nothing is written. */
export const validateAdmission = (registry: Registry, request: AdmissionRequest): Promise<void> => whenValid(registry, request, () => Promise.resolve());

/** Both halves, for what is not stored: deletions and connections. */
export async function admitWhole(registry: Registry, request: AdmissionRequest): Promise<void> {
  await admit(registry, request);
  await validateAdmission(registry, request);
}

const handles = ({ operations }: AdmissionPlugin, { operation }: AdmissionRequest) => !operations || operations.includes(operation);

/** What plugins refuse with. An object whose name is not generated yet is named by how it will begin. Source: admission.NewForbidden. */
export const forbiddenBy = ({ kind, name, object }: AdmissionRequest, why: string): ApiError =>
  forbidden(kind, name || (object?.metadata?.generateName ?? ''), why);
