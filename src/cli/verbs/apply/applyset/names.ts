import type { ApiResource } from '../../../../client/discovery';

// Labels and annotations of the ApplySet specification (KEP-3659).
export const annotationKeys = {
  tooling: 'applyset.kubernetes.io/tooling',
  namespaces: 'applyset.kubernetes.io/additional-namespaces',
  kinds: 'applyset.kubernetes.io/contains-group-kinds',
  resources: 'applyset.kubernetes.io/contains-group-resources',
} as const;
export const idLabel = 'applyset.kubernetes.io/id';
export const memberLabel = 'applyset.kubernetes.io/part-of';
export const parentTypeLabel = 'applyset.kubernetes.io/is-parent-type';

/** Where the members of a set are. */
export interface Contents {
  readonly resources: readonly ApiResource[];
  readonly namespaces: ReadonlySet<string>;
}
