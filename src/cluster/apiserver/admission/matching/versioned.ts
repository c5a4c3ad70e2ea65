import { groupVersion, type KubeObject, type Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import type { AdmissionRequest } from '../../registry/registry';

/** An object of one kind in the form of another that is stored alike; itself where they are the same. Rejects where whoever converts fails. */
export async function inVersion(object: Unstructured, from: Kind, to: Kind): Promise<Unstructured> {
  if (from === to) return object;
  const stored = to.conversion?.ask ? (await to.conversion.ask([object as KubeObject], 'served'))[0]! : from.conversion?.toStored(object as KubeObject) ?? object;
  const converted = (to.conversion?.fromStored(stored as KubeObject) ?? stored) as Unstructured;
  return { ...converted, apiVersion: groupVersion(to), kind: to.kind };
}

/** The request as one about `kind`. */
export interface Versioned {
  readonly kind: Kind;
  readonly object: Unstructured | undefined;
  readonly old: Unstructured | undefined;
}

/** What is no object of the request's own kind (a Scale, the options of an exec) is the same in all versions. */
export async function versionedAs(request: AdmissionRequest, kind: Kind): Promise<Versioned> {
  const convert = async (object: Unstructured | undefined) => (object && !request.type ? inVersion(object, request.kind, kind) : object);
  return { kind, object: await convert(request.object), old: await convert(request.old) };
}
