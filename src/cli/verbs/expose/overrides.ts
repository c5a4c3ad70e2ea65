import { parseExactJson } from '../../../api/exact-json';
import type { Service } from '../../../api/generated/core.v1';
import type { PatchType } from '../../../client/client';
import type { Unstructured } from '../../../api/meta';
import { asTyped } from '../../print/typed';
import { patchedLocally } from '../patch/local';

const types: readonly string[] = ['json', 'merge', 'strategic'];

/** Changes the generated Service as --overrides says; the result is a Service again, in Go's order. */
export async function overriddenService(service: Service, overrides: string, type: string): Promise<Service> {
  if (!overrides) return service;
  if (type && !types.includes(type)) throw new Error(`invalid override type: ${type}`);
  const changed = await patchedLocally(service as unknown as Unstructured, (type || 'merge') as PatchType, parsed(overrides, type));
  return asTyped(changed as unknown as Service);
}

function parsed(overrides: string, type: string): unknown {
  try {
    return parseExactJson(overrides);
  } catch {
    throw new Error(type === 'strategic' ? 'invalid JSON document' : 'Invalid JSON Patch');
  }
}
