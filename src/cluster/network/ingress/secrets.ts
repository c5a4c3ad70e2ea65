import { createSecureContext, type SecureContext } from 'node:tls';
import type { Secret } from '../../../api/generated/core.v1';
import { isKnownHash, readPasswords } from '../http/basic-auth';

export type SecretView = (namespace: string, name: string) => Secret | undefined;

const dataOf = (secret: Secret | undefined, key: string): string | undefined => {
  const data = secret?.data?.[key];
  return data === undefined ? undefined : Buffer.from(data as unknown as string, 'base64').toString('utf8');
};

/** `secret`: its name, with its namespace where that is another. A map holds a key for each name, else there is one file under `auth`. */
export function htpasswdOf(secrets: SecretView, namespace: string, secret: string, isMap: boolean, problems: string[]): ReadonlyMap<string, string> | undefined {
  const [name = '', inside = namespace] = secret.split('/').reverse();
  const found = secrets(inside, name);
  const users = isMap
    ? found && new Map(Object.keys(found.data ?? {}).map((key) => [key, dataOf(found, key)!.trim()]))
    : ((text) => (text === undefined ? undefined : readPasswords(text)))(dataOf(found, 'auth'));
  if (!users) problems.push(`Secret ${inside}/${name} ${found ? 'has no key auth' : 'does not exist'}; nobody is admitted`);
  const unknown = [...users ?? []].filter(([, hash]) => !isKnownHash(hash)).map(([user]) => user);
  if (unknown.length) problems.push(`Secret ${inside}/${name}: the passwords of ${unknown.join(', ')} are hashed in a way that is not known here; make them with htpasswd -m`);
  return users;
}

export type Certificate = { readonly context: SecureContext } | { readonly problem: string };

/** Contexts are dear to make, and remembered as long as their secret is the same. */
export class Certificates {
  private readonly made = new WeakMap<Secret, Certificate>();

  of(secrets: SecretView, namespace: string, name: string): Certificate {
    const secret = secrets(namespace, name);
    if (!secret) return { problem: `Secret ${namespace}/${name} does not exist` };
    const known = this.made.get(secret);
    if (known) return known;
    const made = make(secret);
    this.made.set(secret, made);
    return made;
  }
}

function make(secret: Secret): Certificate {
  const { namespace, name } = secret.metadata;
  const [cert, key] = [dataOf(secret, 'tls.crt'), dataOf(secret, 'tls.key')];
  if (!cert || !key) return { problem: `Secret ${namespace}/${name} has no ${cert ? 'tls.key' : 'tls.crt'}` };
  try {
    return { context: createSecureContext({ cert, key }) };
  } catch (error) {
    return { problem: `Secret ${namespace}/${name}: ${(error as Error).message}` };
  }
}
