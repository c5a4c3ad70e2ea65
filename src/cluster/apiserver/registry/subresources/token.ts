import { timestamp } from '../../../../api/clock';
import { conflict, invalid, notFound } from '../../../../api/errors';
import type { TokenRequest } from '../../../../api/generated/authentication.v1';
import type { Pod } from '../../../../api/generated/core.v1';
import type { Unstructured } from '../../../../api/meta';
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
    const account = getEntry(registry, kind, namespace, name).object;
    const request = object as unknown as TokenRequest;
    const seconds = request.spec.expirationSeconds || defaultSeconds;
    assertSeconds(name, seconds);
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

function assertSeconds(name: string, seconds: number): void {
  const refuse = (why: string) => invalid({ group: 'authentication.k8s.io', kind: 'TokenRequest' }, name, [invalidValue('spec.expirationSeconds', seconds, why)]);
  if (seconds < minSeconds) throw refuse('may not specify a duration less than 10 minutes');
  if (seconds > maxSeconds) throw refuse('may not specify a duration larger than 2^32 seconds');
}

const boundKinds: Readonly<Record<string, 'pods' | 'secrets' | 'nodes'>> = { Pod: 'pods', Secret: 'secrets', Node: 'nodes' };

function boundTo({ registry, name, namespace }: Target, { spec }: TokenRequest): Partial<TokenClaims['kubernetes.io']> {
  const bound = spec.boundObjectRef;
  if (!bound) return {};
  const { kind = '', uid, name: boundName = '' } = bound;
  const plural = boundKinds[kind];
  if (!plural) {
    throw invalid({ group: 'authentication.k8s.io', kind: 'TokenRequest' }, name, [invalidValue('spec.boundObjectRef', bound, `cannot bind token for serviceaccount "${name}" to object of kind ${kind}`)]);
  }
  const resource = { group: '', plural };
  const found = registry.store.get(`/${plural}/${plural === 'nodes' ? '' : `${namespace}/`}${boundName}`)?.object;
  if (!found) throw notFound(resource, boundName);
  if (uid && uid !== found.metadata.uid) {
    throw conflict(resource, boundName, `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`);
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
