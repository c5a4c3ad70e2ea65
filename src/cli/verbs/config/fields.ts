import { withSortedKeys } from '../../print/sort-keys';

// The order of the fields of client-go's tools/clientcmd/api/v1 structs, which -o json shows.
export const clusterFields = [
  'server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority', 'certificate-authority-data', 'proxy-url',
  'disable-compression', 'extensions',
] as const;

export const userFields = [
  'client-certificate', 'client-certificate-data', 'client-key', 'client-key-data', 'token', 'tokenFile', 'as', 'as-uid', 'as-groups',
  'as-user-extra', 'username', 'password', 'auth-provider', 'exec', 'extensions',
] as const;

export const contextFields = ['cluster', 'user', 'namespace', 'extensions'] as const;

const execFields = ['command', 'args', 'env', 'apiVersion', 'installHint', 'provideClusterInfo', 'interactiveMode'] as const;

/** Fields that are shown though they are empty. */
const always = new Set(['server', 'cluster', 'user']);

/** Members in this order, empty ones left out; an exec plugin with the fields that are always there. */
export function inOrder(value: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  const shown = fields.filter((field) => always.has(field) || !isEmpty(value[field]));
  const kept = shown.map((field) => [field, nested[field]?.(value[field]) ?? value[field] ?? '']);
  return Object.fromEntries(kept) as Record<string, unknown>;
}

const nested: Record<string, (value: unknown) => unknown> = {
  'exec': execInOrder, 'extensions': extensionsInOrder, 'auth-provider': (provider) => ({ ...(provider as object), config: (provider as { config?: unknown }).config ?? null }),
};

/** What an extension holds is free, and written with its keys sorted. */
function extensionsInOrder(extensions: unknown): unknown {
  return (extensions as { name: string; extension: unknown }[]).map(({ name, extension }) => ({ name, extension: withSortedKeys(extension) }));
}

function execInOrder(exec: unknown): Record<string, unknown> {
  const full = { args: null, env: null, provideClusterInfo: false, ...(exec as object) } as Record<string, unknown>;
  return Object.fromEntries(execFields.filter((field) => full[field] !== undefined).map((field) => [field, full[field]]));
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && !value.length);
