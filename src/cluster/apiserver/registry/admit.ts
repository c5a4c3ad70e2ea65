import { forbidden, type ApiError } from '../../../api/errors';
import { chainFor } from './chain';
import type { AdmissionRequest, Registry, Reinvocation, Settle } from './registry';

/** Runs the mutating half of the chain, once more where a plugin asks for it. Throws what a plugin refuses with. */
export async function admit(registry: Registry, request: AdmissionRequest): Promise<void> {
  const state = new Map<string, unknown>();
  let isRequired = false;
  const require = () => void (isRequired = true);
  await mutate(registry, request, { isReinvoke: false, require, state });
  if (isRequired) await mutate(registry, request, { isReinvoke: true, require, state });
}

async function mutate(registry: Registry, request: AdmissionRequest, reinvocation: Reinvocation): Promise<void> {
  for (const plugin of chainFor(registry, request).mutating) {
    const done = plugin.admit(request, registry, reinvocation);
    // Most are done at once: a write should not wait in line for each.
    if (done) await done;
  }
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
  for (const plugin of chainFor(registry, request).validating) {
    const answer = plugin.validate(request, registry);
    const settle = answer && (answer instanceof Promise ? await answer : answer);
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

/** What plugins refuse with. An object whose name is not generated yet is named by how it will begin. Source: admission.NewForbidden. */
export const forbiddenBy = ({ kind, name, object }: AdmissionRequest, why: string): ApiError =>
  forbidden(kind, name || (object?.metadata?.generateName ?? ''), why);
