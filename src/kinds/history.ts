import { semanticEqual } from '../api/equal';
import type { ControllerRevision } from '../api/generated/apps.v1';
import type { PodTemplateSpec } from '../api/generated/core.v1';
import type { KubeObject, LabelSelector } from '../api/meta';
import { create, update, type Action } from './actions';
import { namespaceTerminating } from './failures';
import { claim, controllerRef } from './owners';
import type { Observed } from './reconciler';
import { controllerRevisions, type ResourceRef } from './resources';
import { templateHash } from './template-hash';

/** Tells the pods of one revision from those of another. */
export const revisionLabel = 'controller-revision-hash';

/** A workload whose templates are kept as ControllerRevisions. */
export interface Revised extends KubeObject {
  spec: { template: PodTemplateSpec; selector: LabelSelector };
  status?: { collisionCount?: number };
}

export interface History {
  /** Of the template as it is now; perhaps about to be made. Undefined when something else bears its name. */
  readonly current: ControllerRevision | undefined;
  /** All that are observed, the latest last. */
  readonly known: readonly ControllerRevision[];
  readonly actions: readonly Action[];
}

/**
 * The revisions of a workload, and what it takes for the current template to be the latest of them: an older one of
 * the same template is moved up, else one is made. `hashLabel` goes onto the revision itself.
 * After pkg/controller/history and its use in pkg/controller/{daemon,statefulset}.
 */
export function historyOf<T extends Revised>(owner: T, resource: ResourceRef<T>, observed: Observed, hashLabel: string): History {
  const { owned, actions: claims } = claim(observed, controllerRevisions, owner, resource, owner.spec.selector);
  const known = [...owned].sort(byRevision);
  const data = dataOf(owner.spec.template);
  const equal = known.filter((revision) => semanticEqual(revision.data, data)).at(-1);
  const next = Math.max(0, ...known.filter((revision) => revision !== equal).map(({ revision }) => revision)) + 1;
  if (equal) {
    const late = equal.revision < next && claims.length === 0;
    return { current: equal, known, actions: [...claims, ...(late ? [update(controllerRevisions, { ...equal, revision: next })] : [])] };
  }
  const made = newRevision(owner, resource, data, next, hashLabel);
  const taken = observed.get(controllerRevisions, made.metadata.name, made.metadata.namespace);
  if (taken) return { current: undefined, known, actions: claims };
  return { current: made, known, actions: [...claims, create(controllerRevisions, made, { tolerates: namespaceTerminating })] };
}

/** A strategic merge patch that brings the template back: clients undo a rollout with it. */
const dataOf = (template: PodTemplateSpec) => ({ spec: { template: { ...template, $patch: 'replace' } } });

/** The template that a revision keeps. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec {
  const { $patch: _, ...template } = (data as ReturnType<typeof dataOf>).spec.template;
  return template;
}

function newRevision<T extends Revised>(owner: T, resource: ResourceRef<T>, data: unknown, revision: number, hashLabel: string): ControllerRevision {
  const { name, namespace, annotations } = owner.metadata;
  const { template } = owner.spec;
  const hash = templateHash(template, owner.status?.collisionCount);
  return {
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace !== undefined && { namespace }),
      labels: { ...template.metadata?.labels, [hashLabel]: hash },
      ...(annotations && { annotations }),
      ownerReferences: [controllerRef(resource, owner)],
    },
    data,
    revision,
  };
}

function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  const created = ({ metadata }: ControllerRevision) => Date.parse(metadata.creationTimestamp ?? '') || 0;
  return a.revision - b.revision || created(a) - created(b) || (a.metadata.name < b.metadata.name ? -1 : 1);
}
