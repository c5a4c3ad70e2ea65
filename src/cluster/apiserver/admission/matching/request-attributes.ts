import type { Kind } from '../../../../kinds/kind';
import type { AdmissionRequest } from '../../registry/registry';
import { namespaceOf, typeOf } from './attributes';

/** The request as one about `kind`, as reviews and expressions show it; its fields in upstream's order. Source: CreateAdmissionRequest, CreateV1AdmissionReview. */
export function requestAttributes(request: AdmissionRequest, kind: Kind): Record<string, unknown> {
  const { subresource, name, operation, context: { user } } = request;
  const namespace = namespaceOf(request);
  const extra = Object.entries(user.extra ?? {});
  return {
    kind: kindOf(typeOf(request, kind)), resource: resourceOf(kind), ...(subresource && { subResource: subresource }),
    requestKind: kindOf(typeOf(request, request.kind)), requestResource: resourceOf(request.kind), ...(subresource && { requestSubResource: subresource }),
    ...(name && { name }), ...(namespace && { namespace }), operation,
    userInfo: { username: user.name, ...(user.uid && { uid: user.uid }), groups: user.groups, ...(extra.length && { extra: Object.fromEntries(extra) }) },
  };
}

const kindOf = ({ group, version, kind }: { group: string; version: string; kind: string }) => ({ group, version, kind });
const resourceOf = ({ group, version, plural }: Kind) => ({ group, version, resource: plural });

const optionKinds = { CREATE: 'CreateOptions', UPDATE: 'UpdateOptions', DELETE: 'DeleteOptions', CONNECT: undefined } as const;

/** Null for a connection. */
export function optionsOf({ operation, context: { options, dryRun } }: AdmissionRequest): object | null {
  const kind = optionKinds[operation];
  return kind ? { kind, apiVersion: 'meta.k8s.io/v1', ...(dryRun && { dryRun: ['All'] }), ...options } : null;
}
