import { qualifiedResource } from '../../../api/errors';
import type { ResourceQuota } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { chargesOf, exceeded, type Charge } from '../../../kinds/core/resourcequota/charge';
import { evaluatorOf, type Evaluator } from '../../../kinds/core/resourcequota/evaluators';
import { quotaStatus, totalUsage, type ListObjects } from '../../../kinds/core/resourcequota/status';
import { addUsage, type Usage } from '../../../kinds/core/resourcequota/usage';
import { resourceQuotas } from '../../../kinds/resources';
import { forbiddenBy } from '../registry/admit';
import { serverContext } from '../registry/context';
import { objectStorageKey } from '../registry/keys';
import type { AdmissionPlugin, AdmissionRequest, Registry } from '../registry/registry';
import { manyAttempts, updateEntry } from '../registry/update';
import { storedObjects } from './request';

/** What a write that was let through will take, until it is stored and counts by itself. */
interface Reservation {
  readonly quota: string | undefined;
  readonly usage: Usage;
  isStored(): boolean;
}

/**
 * Refuses what a quota does not bear. What is used is counted from the store at the moment of the decision, and
 * reservations stand for writes under way: however many run at a time, no quota is overshot.
 * Source of rules and wording: k8s.io/apiserver/pkg/admission/plugin/resourcequota.
 */
export function resourceQuota(): AdmissionPlugin {
  const reserved = new Set<Reservation>();
  return {
    name: 'ResourceQuota',
    operations: ['CREATE', 'UPDATE'],
    validate(request, registry) {
      const evaluator = request.namespace && request.object ? chargedBy(request) : undefined;
      const quotas = evaluator ? storedObjects(registry, resourceQuotas, request.namespace) : [];
      if (!quotas.length) return;
      const charges = judge(request, registry, evaluator!, quotas, reserved);
      if (!charges.length || request.context.dryRun) return;
      const mine = charges.map((charge) => reservation(request, registry, charge));
      for (const each of mine) reserved.add(each);
      return async (written) => {
        for (const each of mine) reserved.delete(each);
        if (written) for (const { quota } of charges) await publish(registry, quota);
      };
    },
  };
}

function chargedBy({ kind, operation, subresource }: AdmissionRequest): Evaluator | undefined {
  const found = evaluatorOf(kind);
  return found?.charged.includes(subresource ? `${operation} ${subresource}` : operation) ? found : undefined;
}

/** Throws Forbidden. */
function judge(request: AdmissionRequest, registry: Registry, evaluator: Evaluator, quotas: readonly ResourceQuota[], reserved: ReadonlySet<Reservation>): readonly Charge[] {
  const nowMs = registry.clock.now();
  const charges = chargesOf(evaluator, quotas, { object: request.object!, ...(request.old && { old: request.old }) }, nowMs);
  if (typeof charges === 'string') throw forbiddenBy(request, charges);
  if (!charges.length) return charges;
  const objects = storedObjects(registry, evaluator.resource, request.namespace);
  for (const charge of charges) {
    const used = [...reserved].filter(({ quota, isStored }) => quota === charge.quota.metadata.uid && !isStored())
      .reduce((sum, { usage }) => addUsage(sum, usage), totalUsage(charge.quota, evaluator, objects, nowMs));
    const problem = exceeded(charge, used);
    if (problem) throw forbiddenBy(request, problem);
  }
  return charges;
}

function reservation({ kind, namespace, name }: AdmissionRequest, { store }: Registry, { quota, usage }: Charge): Reservation {
  const key = objectStorageKey(kind, namespace, name);
  const before = store.get(key)?.revision;
  return { quota: quota.metadata.uid, usage, isStored: () => store.get(key)?.revision !== before };
}

/** Who reads the quota after a write finds that counted. Where this fails, the loop of quotas says it a little later. */
async function publish(registry: Registry, { metadata: { name, namespace } }: ResourceQuota): Promise<void> {
  const kind = registry.kinds.find({ ...resourceQuotas, resource: resourceQuotas.plural });
  if (!kind) return;
  const list = lister(registry, namespace!);
  const status = (current: Unstructured | undefined) =>
    ({ ...current!, metadata: { ...current!.metadata }, status: quotaStatus(current as unknown as ResourceQuota, list, registry.clock.now()) });
  await updateEntry(registry, kind, namespace, name, status, { part: 'status', subresource: 'status', attempts: manyAttempts }, serverContext).catch(() => undefined);
}

const lister = (registry: Registry, namespace: string): ListObjects => (resource) => {
  const kind = registry.kinds.all().find((each) => qualifiedResource(each) === qualifiedResource(resource));
  return kind?.namespaced && !kind.storedAs ? storedObjects(registry, kind, namespace) : undefined;
};
