import { isReason } from '../../../api/errors';
import type { DeleteOptions, Status, Unstructured } from '../../../api/meta';
import { resourcePath } from '../../../client/http';
import type { Info } from '../../builder';
import { dryRunSuffix, type DryRun } from '../../dry-run';
import { throwAll, withSource } from '../../errors';
import type { Session } from '../../session';
import { typeOf } from './names';
import { waitUntilGone, type Gone } from './wait';

export interface RemovalPlan {
  /** Seconds; negative: the object's own. */
  readonly grace: number;
  readonly policy: NonNullable<DeleteOptions['propagationPolicy']>;
  readonly dryRun: DryRun;
  readonly ignoreNotFound: boolean;
  /** Print TYPE/NAME instead of a sentence. */
  readonly namesOnly: boolean;
  /** Say once that a cluster-scoped object is not of the namespace that was named. */
  readonly warnAboutScope: boolean;
  readonly wait: boolean;
  /** 0: as long as it takes. */
  readonly timeoutMs: number;
}

/** Deletes, tells and waits. `failures` are thrown with what fails here. After DeleteResult in k8s.io/kubectl/pkg/cmd/delete. */
export async function removeAll(session: Session, plan: RemovalPlan, infos: readonly Info[], failures: unknown[]): Promise<void> {
  const gone = await deleteEach(session, plan, infos, failures);
  throwAll(failures);
  if (!infos.length) return void session.streams.out.write('No resources found\n');
  if (plan.wait && plan.dryRun === 'none') await waitUntilGone(session, gone, plan.timeoutMs);
}

async function deleteEach(session: Session, plan: RemovalPlan, infos: readonly Info[], failures: unknown[]): Promise<Gone[]> {
  const gone: Gone[] = [];
  let warnAboutScope = plan.warnAboutScope;
  for (const info of infos) {
    if (warnAboutScope && !info.resource.namespaced) {
      session.streams.err.write('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
      warnAboutScope = false;
    }
    try {
      const uid = plan.dryRun === 'client' ? undefined : await deleteOne(session, plan, info);
      tell(session, plan, info);
      gone.push({ info, uid });
    } catch (error) {
      if (!(plan.ignoreNotFound && isReason(error, 'NotFound'))) failures.push(withSource('deleting', info.source, error));
    }
  }
  return gone;
}

/** Resolves to the uid of what is deleted, where the server tells it. */
async function deleteOne(session: Session, { grace, policy, dryRun }: RemovalPlan, { resource, namespace, name }: Info): Promise<string | undefined> {
  const client = await session.client();
  const body: DeleteOptions = {
    kind: 'DeleteOptions', apiVersion: 'v1',
    ...(grace >= 0 && { gracePeriodSeconds: grace }), propagationPolicy: policy, ...(dryRun === 'server' && { dryRun: ['All'] }),
  };
  const answer = await client.request<Status | Unstructured>({ method: 'DELETE', path: resourcePath(resource, namespace, name), body });
  return answer.kind === 'Status' ? (answer as Status).details?.uid : (answer as Unstructured).metadata.uid;
}

function tell({ streams }: Session, { namesOnly, grace, dryRun }: RemovalPlan, info: Info): void {
  if (namesOnly) return void streams.out.write(`${typeOf(info)}/${info.name}\n`);
  streams.out.write(`${typeOf(info)} ${JSON.stringify(info.name)} ${grace === 0 ? 'force deleted' : 'deleted'}${dryRunSuffix[dryRun]}\n`);
}
