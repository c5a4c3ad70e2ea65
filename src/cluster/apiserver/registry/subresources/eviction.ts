import { badRequest, conflict, isReason, objectModified } from '../../../../api/errors';
import { deepEqual } from '../../../../api/equal';
import type { Pod } from '../../../../api/generated/core.v1';
import type { PodDisruptionBudget } from '../../../../api/generated/policy.v1';
import type { DeleteOptions, Unstructured } from '../../../../api/meta';
import { withDisruption } from '../../../../kinds/pod-state';
import { evict, stillProcessed, type Eviction } from '../../../../kinds/policy/poddisruptionbudget/eviction';
import { podDisruptionBudgets } from '../../../../kinds/resources';
import { serverContext, type WriteContext } from '../context';
import { deleteEntry } from '../delete';
import { getEntry } from '../get';
import { assertPreconditions } from '../graceful';
import type { Registry } from '../registry';
import { updateEntry } from '../update';
import type { Answer, SubresourceHandler, Target } from './subresource';

/** How often a lost race for the pod or its budget is run again. */
const attempts = 20;

/** Deletes a pod if its disruption budget bears that. Source of order and wording: EvictionREST in k8s.io/kubernetes/pkg/registry/core/pod/storage. */
export const eviction: SubresourceHandler = {
  type: { group: 'policy', version: 'v1', kind: 'Eviction', schema: 'io.k8s.api.policy.v1.Eviction', otherVersions: ['v1beta1'] },
  async create(target, object, context) {
    if (object.metadata.name !== target.name) throw badRequest('name in URL does not match name in Eviction object');
    const options = (object.deleteOptions ?? {}) as DeleteOptions;
    const dryRun = agreedDryRun(options, context);
    for (let attempt = 0; attempt < attempts; attempt++) {
      const answer = await attemptEviction(target, options, { ...context, dryRun });
      if (answer !== 'raced') return answer;
    }
    throw conflict(target.kind, target.name, objectModified);
  },
};

/** Throws BadRequest. */
function agreedDryRun({ dryRun = [] }: DeleteOptions, context: WriteContext): boolean {
  const asked = context.dryRun ? ['All'] : [];
  if (dryRun.length && asked.length && !deepEqual(dryRun, asked)) throw badRequest(`Non-matching dry-run options in request and content: [${asked.join(' ')}] and [${dryRun.join(' ')}]`);
  return dryRun.length > 0 || context.dryRun;
}

const status = (outcome: object): Unstructured => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, ...outcome }) as unknown as Unstructured;

async function attemptEviction(target: Target, options: DeleteOptions, context: WriteContext): Promise<Answer | 'raced'> {
  const { registry, kind, namespace, name } = target;
  const pod = getEntry(registry, kind, namespace, name).object as unknown as Pod;
  const verdict = evict(pod, budgetsOf(registry, namespace!), registry.clock.now());
  if (verdict.unsupported) return { object: status({ status: 'Failure', message: verdict.unsupported, code: 500 }), code: 201 };
  if (verdict.spend && !context.dryRun && !await spend(registry, verdict.spend)) return 'raced';
  try {
    await remove(target, unchangedOptions(pod, verdict, options), context);
  } catch (error) {
    if (!isReason(error, 'Conflict') || !verdict.unchanged || options.preconditions?.resourceVersion) throw error;
    if (verdict.guardedBy) throw stillProcessed(verdict.guardedBy);
    return 'raced';
  }
  return { object: status({ status: 'Success', code: 201 }), code: 201 };
}

const budgetsOf = ({ store }: Registry, namespace: string): PodDisruptionBudget[] =>
  store.list(`policy/poddisruptionbudgets/${namespace}/`).entries.map(({ object }) => object as unknown as PodDisruptionBudget);

/** Resolves to false when somebody else wrote the budget meanwhile, or took it away. */
async function spend(registry: Registry, budget: PodDisruptionBudget): Promise<boolean> {
  const kind = registry.kinds.find({ ...podDisruptionBudgets, resource: podDisruptionBudgets.plural })!;
  const { name, namespace } = budget.metadata;
  const written = () => ({ ...budget, metadata: { ...budget.metadata } }) as unknown as Unstructured;
  try {
    await updateEntry(registry, kind, namespace, name, written, { part: 'status', subresource: 'status' }, serverContext);
    return true;
  } catch (error) {
    if (isReason(error, 'Conflict', 'NotFound')) return false;
    throw error;
  }
}

const unchangedOptions = ({ metadata: { resourceVersion } }: Pod, { unchanged }: Eviction, options: DeleteOptions): DeleteOptions =>
  (unchanged && !options.preconditions?.resourceVersion ? { ...options, preconditions: { ...options.preconditions, ...(resourceVersion && { resourceVersion }) } } : options);

/** The pod says why it goes before it does. */
async function remove({ registry, kind, namespace, name }: Target, options: DeleteOptions, context: WriteContext): Promise<void> {
  if (context.dryRun) return void await deleteEntry(registry, kind, namespace, name, options, context, true);
  const { preconditions } = options;
  const marked = await updateEntry(registry, kind, namespace, name, (current) => {
    assertPreconditions({ group: '', plural: 'Pod' }, current!, options);
    return withDisruption(current as unknown as Pod, 'EvictionByEvictionAPI', 'Eviction API: evicting', registry.clock.now()) as unknown as Unstructured;
  }, { part: 'status', subresource: 'status', isAdmitted: true, isTracked: true, attempts: 1 }, context);
  const { resourceVersion } = marked.entry.object.metadata;
  const bumped = preconditions?.resourceVersion ? { ...options, preconditions: { ...preconditions, ...(resourceVersion && { resourceVersion }) } } : options;
  await deleteEntry(registry, kind, namespace, name, bumped, context, true);
}
