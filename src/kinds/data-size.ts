/** Of a Secret's or ConfigMap's data together. */
export const maxDataBytes = 1024 * 1024;

/** Bytes that a base64 text stands for. */
export const decodedLength = (base64: string) => Math.floor(base64.replace(/=+$/, '').length * 3 / 4);
