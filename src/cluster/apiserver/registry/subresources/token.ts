import { timestamp } from '../../../../api/clock';
import { badRequest, conflict, invalid, notFound } from '../../../../api/errors';
import type { TokenRequest } from '../../../../api/generated/authentication.v1';
import type { Pod } from '../../../../api/generated/core.v1';
import { parseGroupVersion, type Unstructured } from '../../../../api/meta';
import { invalidValue } from '../../../../api/validation';
import { issuer, type TokenClaims } from '../../authn/service-account-token';
import { getEntry } from '../get';
import { uuid } from '../names';
import type { Registry } from '../registry';
import type { SubresourceHandler, Target } from './subresource';

const defaultSeconds = 3600;
const minSeconds = 600;
const maxSeconds = 2 ** 32;

/** A signed token for a ServiceAccount. Source: k8s.io/kubernetes/pkg/registry/core/serviceaccount/storage/token.go. */
export const token: SubresourceHandler = {
  type: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest', schema: 'io.k8s.api.authentication.v1.TokenRequest' },
  async create(target, object) {
    const { registry, kind, namespace, name } = target;
    if (!registry.tokens) throw notFound(kind, name);
    const request = object as unknown as TokenRequest;
    assertPlace(target, request);
    const account = getEntry(registry, kind, namespace, name).object;
    const seconds = request.spec.expirationSeconds || defaultSeconds;
    assertSeconds(seconds);
    const nowSeconds = Math.floor(registry.clock.now() / 1000);
    const audiences = request.spec.audiences?.length ? request.spec.audiences : [issuer];
    const claims: TokenClaims = {
      iss: issuer, sub: `system:serviceaccount:${namespace}:${name}`, aud: audiences,
      exp: nowSeconds + seconds, iat: nowSeconds, nbf: nowSeconds, jti: uuid(registry.random),
      'kubernetes.io': { namespace: namespace!, serviceaccount: { name, uid: account.metadata.uid! }, ...boundTo(target, request) },
    };
    const answer = {
      kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1',
      metadata: { ...request.metadata, name, namespace, creationTimestamp: timestamp(registry.clock.now()) },
      spec: { ...request.spec, audiences, expirationSeconds: seconds },
      status: { token: registry.tokens.sign(claims), expirationTimestamp: timestamp(claims.exp * 1000) },
    };
    return { object: answer as unknown as Unstructured, code: 201 };
  },
};

const type = { group: 'authentication.k8s.io', kind: 'TokenRequest' };

/** Throws Invalid. */
function assertPlace({ namespace, name }: Target, { metadata }: TokenRequest): void {
  const refuse = (field: string, found: string) => invalid(type, name, [invalidValue(`metadata.${field}`, found, `must match the service account ${field} if specified`)]);
  if (metadata?.name && metadata.name !== name) throw refuse('name', metadata.name);
  if (metadata?.namespace && metadata.namespace !== namespace) throw refuse('namespace', metadata.namespace);
}

/** Throws Invalid. Source: ValidateTokenRequest. */
function assertSeconds(seconds: number): void {
  const refuse = (why: string) => invalid(type, '', [invalidValue('spec.expirationSeconds', seconds, why)]);
  if (seconds < minSeconds) throw refuse('may not specify a duration less than 10 minutes');
  if (seconds > maxSeconds) throw refuse('may not specify a duration larger than 2^32 seconds');
}

const boundKinds: Readonly<Record<string, 'pods' | 'secrets' | 'nodes'>> = { Pod: 'pods', Secret: 'secrets', Node: 'nodes' };

function boundTo({ registry, name, namespace }: Target, { spec }: TokenRequest): Partial<TokenClaims['kubernetes.io']> {
  const bound = spec.boundObjectRef;
  if (!bound) return {};
  const { kind = '', apiVersion = '', uid, name: boundName = '' } = bound;
  const { group, version } = parseGroupVersion(apiVersion);
  const plural = group ? undefined : boundKinds[kind];
  if (!plural) throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`);
  const found = registry.store.get(`/${plural}/${plural === 'nodes' ? '' : `${namespace}/`}${boundName}`)?.object;
  if (!found) throw notFound({ group: '', plural }, boundName);
  if (plural === 'pods' && (found as unknown as Pod).spec.serviceAccountName !== name) {
    throw badRequest(`cannot bind token for serviceaccount ${JSON.stringify(name)} to pod running with different serviceaccount name.`);
  }
  if (uid && uid !== found.metadata.uid) {
    throw conflict({ group: '', plural: kind }, boundName, `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`);
  }
  const reference = { name: boundName, uid: found.metadata.uid! };
  if (plural !== 'pods') return { [plural === 'nodes' ? 'node' : 'secret']: reference };
  return { pod: reference, ...nodeOf(registry, found as unknown as Pod) };
}

function nodeOf({ store }: Registry, { spec: { nodeName } }: Pod): Partial<TokenClaims['kubernetes.io']> {
  if (!nodeName) return {};
  const uid = store.get(`/nodes/${nodeName}`)?.object.metadata.uid;
  return { node: { name: nodeName, ...(uid && { uid }) } };
}
