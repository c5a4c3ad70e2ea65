import { normalisedCopy } from '../api/decode';
import { groupVersion, parseGroupVersion, type KubeObject, type Unstructured } from '../api/meta';
import { applySchemaDefaults } from '../api/schema/defaults';
import { betaKinds } from './beta';
import { kinds } from './index';
import type { Kind } from './kind';
import { legacyKinds } from './legacy';

const all: readonly Kind[] = [...kinds, ...betaKinds, ...legacyKinds];

const kindOf = ({ apiVersion, kind }: Partial<Unstructured>) => all.find((one) => one.kind === kind && groupVersion(one) === apiVersion);
const storedUnder = ({ group, plural, storedAs }: Kind) => storedAs ?? `${group}/${plural}`;

/** Whether Kubernetes gave up the version of an object of this type, and another version of the kind is served now. */
export const isGivenUp = (apiVersion: string, kind: string): boolean => legacyKinds.some((one) => one.kind === kind && groupVersion(one) === apiVersion);

/**
 * An object in another version: `apps/v1`, or the one in which a cluster stores its kind when none is named, with the
 * defaults of the version it was written in. Undefined where the version does not have the kind. Kinds of others stay as they
 * are. After k8s.io/kubernetes/pkg/kubectl/cmd/convert.
 */
export function convertObject(object: Unstructured, to?: string): Unstructured | undefined {
  const kind = kindOf(object);
  if (!kind) return object;
  const target = all.find((one) => storedUnder(one) === storedUnder(kind) && (to ? groupVersion(one) === to : !one.storedAs));
  if (!target) return undefined;
  const given = normalisedCopy(object, kind.schema);
  applySchemaDefaults(given, kind.schema);
  kind.strategy.setDefaults?.(given);
  const stored = kind.conversion?.toStored(given) ?? given;
  const converted: KubeObject = target.conversion?.fromStored(stored) ?? stored;
  return { ...converted, kind: target.kind, apiVersion: groupVersion(target) } as Unstructured;
}

/** `networking.Ingress`: what an error calls the type of an object. */
export function typeName(object: Unstructured): string {
  const kind = kindOf(object);
  const [group = ''] = (kind?.storedAs ?? parseGroupVersion(object.apiVersion ?? '').group).split('/');
  return `${group.split('.')[0] || 'core'}.${object.kind}`;
}
