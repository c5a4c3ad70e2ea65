import type { Runtime } from '../port';
import { SimRuntime, type SimOptions } from './runtime';

export function createSimRuntime(options: SimOptions): Runtime {
  return new SimRuntime(options);
}
