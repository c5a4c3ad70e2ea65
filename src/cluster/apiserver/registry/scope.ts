import { badRequest } from '../../../api/errors';
import { groupVersion, type Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';

/**
 * Checks that what the object says of itself fits the request, and fills in what it leaves out. In place.
 * Wording: checkName in k8s.io/apiserver/pkg/endpoints/handlers/rest.go and EnsureObjectNamespaceMatchesRequestNamespace.
 */
export function claimScope(kind: Kind, object: Unstructured, namespace: string | undefined, name?: string): void {
  object.metadata ??= { name: '' };
  const { metadata } = object;
  if (name && metadata.name && metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  if (name) metadata.name = name;
  if (!kind.namespaced) {
    if (!metadata.namespace) delete metadata.namespace;
    return;
  }
  if (metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  metadata.namespace = namespace;
}

/** Custom resources have to say what they are. Wording: the type checks of the create and update handlers, and UnstructuredObjectTyper. */
export function assertType(kind: Kind, { kind: found, apiVersion = '' }: Unstructured): void {
  const expected = groupVersion(kind);
  const isCustom = kind.coerce !== undefined;
  if (isCustom && !found) throw badRequest("Object 'Kind' is missing in 'object has no kind field '");
  if ((apiVersion || isCustom) && apiVersion !== expected) {
    throw badRequest(`the API version in the data (${apiVersion}) does not match the expected API version (${expected})`);
  }
  if (found && found !== kind.kind) {
    throw badRequest(`the kind in the data (${found}) does not match the expected kind (${kind.kind})`);
  }
}
