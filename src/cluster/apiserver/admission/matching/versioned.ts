import { groupVersion, type KubeObject, type Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import type { AdmissionRequest } from '../../registry/registry';

/** An object of one kind in the form of another that is stored alike; itself where they are the same. */
export function inVersion(object: Unstructured, from: Kind, to: Kind): Unstructured {
  if (from === to) return object;
  const stored = (from.conversion?.toStored(object as KubeObject) ?? object) as Unstructured;
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
export function versionedAs(request: AdmissionRequest, kind: Kind): Versioned {
  const convert = (object: Unstructured | undefined) => (object && !request.type ? inVersion(object, request.kind, kind) : object);
  return { kind, object: convert(request.object), old: convert(request.old) };
}
