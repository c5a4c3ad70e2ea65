import { isReason } from '../../../api/errors';
import type { Pod } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { collect, visit } from '../../builder';
import { ErrorList } from '../../errors';
import type { FlagValues } from '../../flags/spec';
import type { Session } from '../../session';
import type { DrainFlags } from './flags';
import { controllerOf, errorsOf, isFinished, judge, type DaemonSetLookup, type Judged } from './filters';

const daemonSets = { group: 'apps', version: 'v1', plural: 'daemonsets', namespaced: true };

/** The pods of a node and what becomes of each. */
export async function podsOf(session: Session, node: string, flags: FlagValues<DrainFlags>): Promise<Judged[]> {
  const { infos, errors } = await collect(await visit(session, {
    args: ['pods'], allNamespaces: true, namespace: await session.namespace(), emptySelectorMeansAll: true,
    fieldSelector: `spec.nodeName=${node}`, selector: flags['pod-selector'], chunkSize: flags['chunk-size'],
  }));
  if (errors.length) throw new ErrorList(errors);
  const options = {
    force: flags.force, ignoreDaemonSets: flags['ignore-daemonsets'], deleteEmptyDirData: flags['delete-emptydir-data'],
    skipAfterSeconds: flags['skip-wait-for-delete-timeout'], nowMs: session.clock.now(),
  };
  return Promise.all(infos.map(async ({ object }) => {
    const pod = object as unknown as Pod;
    return { pod, verdict: judge(pod, options, await daemonSetOf(session, pod)) };
  }));
}

/** The same, unless one of them must not go. */
export async function podsThatGo(session: Session, node: string, flags: FlagValues<DrainFlags>): Promise<Judged[]> {
  const judged = await podsOf(session, node, flags);
  const errors = errorsOf(judged);
  if (errors.length) throw new ErrorList(errors);
  return judged;
}

async function daemonSetOf(session: Session, pod: Pod): Promise<DaemonSetLookup> {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'DaemonSet' || isFinished(pod)) return undefined;
  try {
    await (await session.client()).get<Unstructured>(daemonSets, owner.name, pod.metadata.namespace);
    return { found: true };
  } catch (error) {
    return { found: false, missing: isReason(error, 'NotFound'), message: (error as Error).message };
  }
}
