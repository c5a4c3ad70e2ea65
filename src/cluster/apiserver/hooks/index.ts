import type { Hooks } from './hooks';
import { namespaceHooks } from './namespace';

export interface HookOptions {
  readonly serviceCIDR: string;
  readonly nodePortRange: { readonly from: number; readonly to: number };
}

/** By `group/plural` as stored: the one place in the server that names kinds. */
export const kindHooks = (_options: HookOptions): ReadonlyMap<string, Hooks> => new Map<string, Hooks>([
  ['/namespaces', namespaceHooks],
]);
