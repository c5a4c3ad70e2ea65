import type { FieldError } from '../../../api/errors';
import type { Namespace } from '../../../api/generated/core.v1';
import { immutable, invalidEach, isQualifiedName, nameIsDNSLabel, validateObjectMeta } from '../../../api/validation';

const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

function finalizerMessages(name: string): string[] {
  const qualified = name.includes('/') || standardFinalizers.includes(name);
  return [...isQualifiedName(name), ...(qualified ? [] : ['name is neither a standard finalizer name nor is it fully qualified'])];
}

export function validateNamespace({ metadata, spec }: Namespace): FieldError[] {
  return [
    ...validateObjectMeta(metadata, false, nameIsDNSLabel),
    ...(spec?.finalizers ?? []).flatMap((name) => invalidEach('spec.finalizers', name, finalizerMessages(name))),
  ];
}

/** Of a write through /finalize, the only one that changes them. Source: ValidateNamespaceFinalizeUpdate, which names the item. */
export const validateNamespaceFinalizers = ({ spec }: Namespace): FieldError[] =>
  (spec?.finalizers ?? []).flatMap((name, at) => invalidEach(`spec.finalizers[${at}]`, name, finalizerMessages(name)));

const nameLabel = 'kubernetes.io/metadata.name';

/** The label is not the user's to change: setDefaults puts it back first. */
export const validateNamespaceUpdate = ({ metadata }: Namespace, { metadata: old }: Namespace): FieldError[] =>
  old.labels?.[nameLabel] === undefined ? [] : immutable(`metadata.labels[${nameLabel}]`, metadata.labels?.[nameLabel], old.labels[nameLabel]);
