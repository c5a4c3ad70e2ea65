import { hashedName } from '../data/hash';
import { mapOf, secretProblem, unique } from '../data/keys';
import type { Entry } from '../data/sources';
import type { Made } from '../generator';

export const secretKind = {
  resource: { group: '', version: 'v1', plural: 'secrets', namespaced: true }, type: 'io.k8s.api.core.v1.Secret', failure: 'failed to create secret',
};

/** A secret of these entries; `appendHash` puts a hash of its content behind the name. */
export function madeSecret(name: string, type: string, entries: readonly Entry[], appendHash: boolean): Made {
  const data = mapOf(unique(entries, secretProblem), (value) => value.toString('base64'));
  return { ...(appendHash && { metadata: { name: hashedName(name, { kind: 'Secret', type, name, data }) } }), data, type };
}
