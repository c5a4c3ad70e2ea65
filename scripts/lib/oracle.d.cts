/** Why there is no oracle on this machine; undefined when there is one. */
export function oracleMissing(): string | undefined;
/** Where the programs are unpacked. */
export const oracleCache: string;
/** Path of the real kubectl. Throws when `oracleMissing()`. */
export function kubectlPath(): string;
/** Path of the real helm. Throws when `oracleMissing()`. */
export function helmPath(): string;
