import type { Secret } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateSecret, validateSecretUpdate } from './validation';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** `stringData` is only ever written; it wins over `data`. */
function moveStringData(secret: Secret): void {
  const { stringData } = secret;
  if (stringData === undefined) return;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, base64(text)]);
  if (encoded.length > 0) secret.data = { ...secret.data, ...Object.fromEntries(encoded) };
  delete secret.stringData;
}

export const secretStrategy: Strategy<Secret> = {
  setDefaults(secret) {
    secret.type ||= 'Opaque';
    moveStringData(secret);
  },
  validate: validateSecret,
  validateUpdate: validateSecretUpdate,
};
