import type { ControllerRevision, Deployment, ReplicaSet } from '../../../api/generated/apps.v1';
import { forEachInfo, type Info } from '../../builder';
import { dryRunStrategy, type DryRun } from '../../dry-run';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import type { RolloutUndoFlags } from './flags';
import { templateText } from './history';
import { historyOf, revisionAnnotation, withoutHash, type History, type Revision } from './revisions';
import { requireResource, visitWorkloads } from './workloads';

type UndoInput = Input<RolloutUndoFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/rollout/rollout_undo.go. */
export async function rolloutUndo(session: Session, { flags, args }: UndoInput): Promise<void> {
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  requireResource(flags, args);
  throwAll(await forEachInfo(await visitWorkloads(session, flags, args), async (info) => {
    const operation = await rollBack(session, info, flags['to-revision'], dryRun);
    (await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation, dryRun, keepOrder: true }))(await asTyped(info.object));
  }));
}

/** Resolves to what was done. `to` 0: the revision before. After polymorphichelpers/rollback.go. */
async function rollBack(session: Session, info: Info, to: number, dryRun: DryRun): Promise<string> {
  const history = await historyOf(session, info, 'rollbacker', 'rollbacker');
  const isDeployment = info.resource.kind === 'Deployment';
  const target = to < 0 ? undefined : targetOf(history, to, info);
  if (!target) throw new Error(`unable to find specified revision ${to} in history`);
  if (dryRun === 'client') return `${isDeployment ? '' : 'will roll back to '}${templateText(target.template)}`;
  if (isDeployment && (history.workload as Deployment).spec.paused) {
    throw new Error('you cannot rollback a paused deployment; resume it first with \'kubectl rollout resume\' and try again');
  }
  if (target.current) return `skipped rollback (current template already matches revision ${to})`;
  const patch = isDeployment ? deploymentPatch(history.workload as Deployment, target) : { type: 'strategic' as const, body: (target.source as ControllerRevision).data };
  const client = await session.client();
  try {
    await client.patch(info.resource, info.name, info.namespace, patch.type, patch.body, { dryRun: dryRun === 'server' });
  } catch (error) {
    throw new Error(`failed restoring revision ${to}: ${(error as Error).message}`);
  }
  return 'rolled back';
}

function targetOf({ revisions }: History, to: number, { resource, name }: Info): Revision | undefined {
  if (to > 0) return revisions.find(({ number }) => number === to);
  const before = [...revisions].sort((a, b) => a.number - b.number).at(-2);
  if (before) return before;
  throw new Error(resource.kind === 'Deployment' ? `no rollout history found for deployment ${JSON.stringify(name)}` : 'no last revision to roll back to');
}

/** Annotations that are the deployment's own, whatever it goes back to. */
const kept = [
  'kubectl.kubernetes.io/last-applied-configuration', revisionAnnotation, 'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas', 'deployment.kubernetes.io/max-replicas', 'deprecated.deployment.rollback.to',
];

function deploymentPatch({ metadata }: Deployment, { source }: Revision): { type: 'json'; body: object[] } {
  const set = source as ReplicaSet;
  const pick = (annotations: Record<string, string> | undefined, own: boolean) => Object.entries(annotations ?? {}).filter(([key]) => kept.includes(key) === own);
  const annotations = Object.fromEntries([...pick(metadata.annotations, true), ...pick(set.metadata.annotations, false)]);
  return {
    type: 'json',
    body: [
      { op: 'replace', path: '/spec/template', value: withoutHash(set.spec.template!) },
      { op: 'replace', path: '/metadata/annotations', value: annotations },
    ],
  };
}
