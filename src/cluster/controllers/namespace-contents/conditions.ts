import { timestamp } from '../../../api/clock';
import { qualifiedResource } from '../../../api/errors';
import type { NamespaceCondition } from '../../../api/generated/core.v1';
import type { KubeObject } from '../../../api/meta';
import type { ResourceRef } from '../../../kinds/resources';

/** What a namespace holds of one resource. */
export interface Content {
  readonly resource: Pick<ResourceRef, 'group' | 'plural'>;
  readonly objects: readonly KubeObject[];
}

/** What a look at a namespace found. */
export interface Looked {
  readonly remaining: readonly Content[];
  readonly failures: readonly Error[];
  /** `group/version` of which nobody knows what it holds. */
  readonly unknown: readonly string[];
}

interface Finding {
  reason: string;
  message: string;
}

/** When all is well. In this order. Wording: k8s.io/kubernetes/pkg/controller/namespace/deletion. */
const fine: Readonly<Record<string, Finding>> = {
  NamespaceDeletionDiscoveryFailure: { reason: 'ResourcesDiscovered', message: 'All resources successfully discovered' },
  NamespaceDeletionGroupVersionParsingFailure: { reason: 'ParsedGroupVersions', message: 'All legacy kube types successfully parsed' },
  NamespaceDeletionContentFailure: { reason: 'ContentDeleted', message: 'All content successfully deleted, may be waiting on finalization' },
  NamespaceContentRemaining: { reason: 'ContentRemoved', message: 'All content successfully removed' },
  NamespaceFinalizersRemaining: { reason: 'ContentHasNoFinalizers', message: 'All content-preserving finalizers finished' },
};

/** The conditions of a namespace that is being emptied. */
export function contentConditions(known: readonly NamespaceCondition[], { remaining, failures, unknown }: Looked, nowMs: number): NamespaceCondition[] {
  const findings: Record<string, Finding | undefined> = {
    NamespaceDeletionDiscoveryFailure: discoveryFinding(unknown),
    NamespaceDeletionContentFailure: failureFinding(failures),
    NamespaceContentRemaining: remainingFinding(remaining),
    NamespaceFinalizersRemaining: finalizerFinding(remaining),
  };
  return Object.keys(fine).map((type) => {
    const finding = findings[type];
    const before = known.find((condition) => condition.type === type);
    const status = finding ? 'True' : 'False';
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime ?? timestamp(nowMs) : timestamp(nowMs);
    return { type, status, lastTransitionTime, ...(finding ?? fine[type]!) };
  });
}

/** Source: ErrGroupDiscoveryFailed. */
function discoveryFinding(unknown: readonly string[]): Finding | undefined {
  if (unknown.length === 0) return undefined;
  const groups = unknown.map((version) => `${version}: stale GroupVersion discovery: ${version}`).sort().join(', ');
  return { reason: 'DiscoveryFailed', message: `Discovery failed for some groups, ${unknown.length} failing: unable to retrieve the complete list of server APIs: ${groups}` };
}

function failureFinding(failures: readonly Error[]): Finding | undefined {
  if (failures.length === 0) return undefined;
  const messages = failures.map(({ message }) => message).sort().join(', ');
  return { reason: 'ContentDeletionFailed', message: `Failed to delete all resource types, ${failures.length} remaining: ${messages}` };
}

function remainingFinding(remaining: readonly Content[]): Finding | undefined {
  const parts = remaining.filter(({ objects }) => objects.length > 0)
    .map(({ resource, objects }) => `${resource.group ? qualifiedResource(resource) : `${resource.plural}.`} has ${objects.length} resource instances`);
  return parts.length === 0 ? undefined : { reason: 'SomeResourcesRemain', message: `Some resources are remaining: ${parts.sort().join(', ')}` };
}

function finalizerFinding(remaining: readonly Content[]): Finding | undefined {
  const counts = new Map<string, number>();
  for (const finalizer of remaining.flatMap(({ objects }) => objects.flatMap(({ metadata }) => metadata.finalizers ?? []))) {
    counts.set(finalizer, (counts.get(finalizer) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  const parts = [...counts].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`).sort();
  return { reason: 'SomeFinalizersRemain', message: `Some content in the namespace has finalizers remaining: ${parts.join(', ')}` };
}
