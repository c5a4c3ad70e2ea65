import { parseQuantity, toNumber } from '../../api/quantity';
import type { ContainerSpec } from '../port';
import { simSetting } from './behaviour';

/** How busy a simulated container is. */
export interface Load {
  cpuMillis: number;
  memoryBytes: number;
}

/** A server that idles. */
const idle: Load = { cpuMillis: 1, memoryBytes: 10 * 2 ** 20 };

/** What the annotations say, those of the pod now before those that the container was made with. */
export function loadOf({ name, annotations: own }: ContainerSpec, annotations = own): Load {
  const setting = (of: string) => quantity(simSetting(annotations, name, of));
  const cpu = setting('cpu');
  return { cpuMillis: cpu === undefined ? idle.cpuMillis : cpu * 1000, memoryBytes: setting('memory') ?? idle.memoryBytes };
}

export const diskBytesOf = ({ name, annotations: own }: ContainerSpec, annotations = own): number => quantity(simSetting(annotations, name, 'disk')) ?? 0;

function quantity(text: string | undefined): number | undefined {
  try {
    return text === undefined ? undefined : Math.max(0, toNumber(parseQuantity(text)));
  } catch {
    return undefined;
  }
}
