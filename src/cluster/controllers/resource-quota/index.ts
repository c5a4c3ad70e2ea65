import { deepEqual, semanticEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import { groupVersion, objectKey, type KubeObject } from '../../../api/meta';
import type { ResourceQuota } from '../../../api/generated/core.v1';
import { evaluatorOf } from '../../../kinds/core/resourcequota/evaluators';
import { quotaLapsesMs, quotaStatus, type ListObjects } from '../../../kinds/core/resourcequota/status';
import type { Kind } from '../../../kinds/kind';
import { resourceQuotas } from '../../../kinds/resources';
import type { Loop, LoopOptions } from '../controller';
import type { KindSource } from '../kind-source';
import { observeKinds } from '../observe-kinds';
import { OwnWrites } from '../own-writes';
import { WorkQueue } from '../work-queue';

const workers = 5;

const isCounted = (kind: Kind) => kind.namespaced && kind.storedAs === undefined && evaluatorOf(kind) !== undefined
  && (kind.verbs === undefined || (['list', 'watch'] as const).every((verb) => kind.verbs!.includes(verb)));

/** Says how much of each quota is used, by objects of any kind. After k8s.io/kubernetes/pkg/controller/resourcequota. */
export function startResourceQuota(kinds: KindSource, { client, informers, clock, log, observeQueue }: LoopOptions): Loop {
  const quotas = informers.for<ResourceQuota>(resourceQuotas);
  const queue: WorkQueue = new WorkQueue({ clock, workers, work, observer: observeQueue?.('resource_quota_controller_resource_changes') });
  const wake = (quota: ResourceQuota) => queue.add(objectKey(quota));
  const unsubscribe = quotas.subscribe({ added: wake, updated: wake });
  const observation = observeKinds({ kinds, informers, isCollected: isCounted, handler });
  let stopped = false;
  void Promise.all([quotas.synced, observation.synced]).then(() => !stopped && queue.start(), () => undefined);

  /** A change matters where there is a quota that counts its kind. */
  function handler(kind: Kind) {
    const { counts, shown } = evaluatorOf(kind)!;
    const concerned = ({ metadata: { namespace } }: KubeObject) =>
      quotas.list(namespace).filter(({ spec }) => Object.keys(spec?.hard ?? {}).some((name) => counts(name)));
    const changed = (object: KubeObject) => concerned(object).forEach(wake);
    return {
      added: changed,
      deleted: changed,
      updated(object: KubeObject, old: KubeObject) {
        const affected = shown ? concerned(object) : [];
        if (affected.length && !deepEqual(shown!(object), shown!(old))) affected.forEach(wake);
      },
    };
  }

  async function work(key: string): Promise<void> {
    const [namespace, name] = key.split('/') as [string, string];
    const quota = quotas.get(name, namespace);
    if (!quota) return queue.forget(key);
    const writes = new OwnWrites();
    try {
      const list = lister(kinds, informers, namespace);
      const status = quotaStatus(quota, list, clock.now());
      if (!semanticEqual(quota.status, status)) writes.wrote(resourceQuotas, await client.update(resourceQuotas, typed({ ...quota, status }), { subresource: 'status' }));
      const lapsesMs = quotaLapsesMs(quota, list, clock.now());
      if (lapsesMs !== undefined) queue.addAfter(key, lapsesMs - clock.now());
      queue.forget(key);
    } catch (error) {
      if (!isReason(error, 'Conflict', 'NotFound')) log(`quota ${key}: ${String(error)}`);
      queue.retry(key);
    }
    await writes.observed(informers);
  }

  return {
    async stop() {
      stopped = true;
      unsubscribe();
      observation.stop();
      await queue.stop();
    },
  };
}

const lister = (kinds: KindSource, informers: LoopOptions['informers'], namespace: string): ListObjects => ({ group, plural }) => {
  const kind = kinds.all().find((each) => each.group === group && each.plural === plural && isCounted(each));
  return kind && informers.for(kind).list(namespace);
};

const typed = (quota: ResourceQuota): ResourceQuota => ({ ...quota, apiVersion: groupVersion(resourceQuotas), kind: resourceQuotas.kind });
