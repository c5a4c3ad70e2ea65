import type { ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../../../api/generated/apps.v1';
import type { PodTemplateSpec } from '../../../api/generated/core.v1';
import { deepEqual, semanticEqual } from '../../../api/equal';
import type { KubeObject, Unstructured } from '../../../api/meta';
import { strategicMergePatch } from '../../../api/patch';
import { formatLabelSelector } from '../../../api/selectors';
import type { Resource } from '../../../client/client';
import type { Info } from '../../builder';
import type { Session } from '../../session';
import { groupKind, notRolled } from './workloads';

const changeCauseAnnotation = 'kubernetes.io/change-cause';
export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';

/** One state of a workload that it can go back to. */
export interface Revision {
  number: number;
  changeCause: string;
  template: PodTemplateSpec;
  /** As history shows it: a Deployment's with the change cause among its annotations. */
  shown: PodTemplateSpec;
  /** As `history -o` prints it: the ReplicaSet, or the workload as it would be. */
  object: Unstructured;
  /** Is the workload's template this one already? */
  current: boolean;
  source: ReplicaSet | ControllerRevision;
}

export interface History {
  workload: Deployment | DaemonSet | StatefulSet;
  /** In no order. */
  revisions: readonly Revision[];
}

const apps = (plural: string): Resource => ({ group: 'apps', version: 'v1', plural, namespaced: true });

type Reader = (session: Session, info: Info) => Promise<History>;

const readers: Readonly<Record<string, Reader>> = {
  'Deployment.apps': deploymentHistory,
  'DaemonSet.apps': (session, info) => revisionHistory(session, info, { plural: 'daemonsets', kind: 'DaemonSet', called: 'DaemonSet' }),
  'StatefulSet.apps': (session, info) => revisionHistory(session, info, { plural: 'statefulsets', kind: 'StatefulSet', called: 'Statefulset' }),
};

/** All that is known of a workload's past. `what` and `missing` word the error for kinds without one. */
export function historyOf(session: Session, info: Info, what: string, missing: string): Promise<History> {
  const read = readers[groupKind(info)];
  if (!read) throw notRolled(info, what, missing);
  return read(session, info);
}

async function deploymentHistory(session: Session, { name, namespace }: Info): Promise<History> {
  const client = await session.client();
  const workload = await retrieve(`failed to retrieve deployment ${name}`, () => client.get<Deployment>(apps('deployments'), name, namespace));
  const { items } = await client.list<ReplicaSet>(apps('replicasets'), { namespace, labelSelector: formatLabelSelector(workload.spec.selector) });
  const owned = items.filter((set) => isControlledBy(set, workload));
  return { workload, revisions: owned.map((set) => ofReplicaSet(set, workload)) };
}

function ofReplicaSet(set: ReplicaSet, deployment: Deployment): Revision {
  const changeCause = set.metadata.annotations?.[changeCauseAnnotation] ?? '';
  const template = set.spec.template as PodTemplateSpec;
  const annotations = { ...template.metadata?.annotations, ...(changeCause && { [changeCauseAnnotation]: changeCause }) };
  return {
    number: Number(set.metadata.annotations?.[revisionAnnotation] ?? 0), changeCause,
    template,
    shown: { ...template, metadata: { ...template.metadata, annotations } as NonNullable<PodTemplateSpec['metadata']> },
    object: { kind: 'ReplicaSet', apiVersion: 'apps/v1', ...set } as unknown as Unstructured,
    current: semanticEqual(withoutHash(template), withoutHash(deployment.spec.template)),
    source: set,
  };
}

/** A template as a Deployment has it: without what the controller adds for its ReplicaSet. */
export function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [hashLabel]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } as NonNullable<PodTemplateSpec['metadata']> };
}

interface Revised {
  plural: string;
  kind: 'DaemonSet' | 'StatefulSet';
  /** In errors. */
  called: string;
}

async function revisionHistory(session: Session, { name, namespace }: Info, { plural, kind, called }: Revised): Promise<History> {
  const client = await session.client();
  const workload = await retrieve(`failed to retrieve ${called} ${name}`, () => client.get<DaemonSet | StatefulSet>(apps(plural), name, namespace));
  const labelSelector = formatLabelSelector(workload.spec.selector);
  const { items } = await retrieve(`unable to find history controlled by ${kind} ${name}`,
    () => client.list<ControllerRevision>(apps('controllerrevisions'), { namespace, labelSelector }));
  return { workload, revisions: items.filter((each) => isControlledBy(each, workload)).map((each) => ofControllerRevision(each, workload, kind)) };
}

function ofControllerRevision(source: ControllerRevision, workload: DaemonSet | StatefulSet, kind: Revised['kind']): Revision {
  const applied = strategicMergePatch(workload, source.data, `io.k8s.api.apps.v1.${kind}`);
  return {
    number: source.revision, changeCause: source.metadata.annotations?.[changeCauseAnnotation] ?? '',
    template: applied.spec.template, shown: applied.spec.template, object: applied as unknown as Unstructured,
    current: deepEqual(applied.spec.template, workload.spec.template), source,
  };
}

async function retrieve<T>(failure: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Error(`${failure}: ${(error as Error).message}`);
  }
}

const isControlledBy = ({ metadata }: KubeObject, owner: KubeObject) => metadata.ownerReferences?.some(({ controller, uid }) => controller && uid === owner.metadata.uid) ?? false;
