import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { errnoText } from '../../../../client/kubeconfig/errors';
import type { Generator } from '../generator';
import { tlsFlags } from './flags';
import { checkKeyPair } from './key-pair';
import { madeSecret, secretKind } from './secret';

/** After create_secret_tls.go. */
export const tlsSecret: Generator<typeof tlsFlags> = {
  path: 'create secret tls', flags: tlsFlags, ...secretKind,
  make: ({ name, flags }, { cwd }) => {
    if (!flags.key || !flags.cert) throw new Error('key and cert must be specified');
    const cert = read(flags.cert, cwd);
    const key = read(flags.key, cwd);
    checkKeyPair(cert, key);
    return madeSecret(name, 'kubernetes.io/tls', [{ key: 'tls.crt', value: cert }, { key: 'tls.key', value: key }], flags['append-hash']);
  },
};

function read(path: string, cwd: string): Buffer {
  try {
    return readFileSync(resolve(cwd, path));
  } catch (error) {
    throw new Error(`Cannot read file ${path}, open ${path}: ${errnoText(error)}`);
  }
}
