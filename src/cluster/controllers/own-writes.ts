import type { KubeObject } from '../../api/meta';
import type { InformerSet } from '../../client/informer';
import type { ResourceRef } from '../../kinds/resources';

/**
 * The writes of one reconcile, and the wait until they are observed: a reconciler that did not see its own writes
 * would do them again. This does what upstream's controller expectations do, by revisions instead of counts.
 */
export class OwnWrites {
  private readonly reached = new Map<ResourceRef, number>();
  private readonly deleted: { resource: ResourceRef; object: KubeObject }[] = [];

  wrote(resource: ResourceRef, object: KubeObject): void {
    const revision = Number(object.metadata?.resourceVersion ?? 0);
    if (revision > (this.reached.get(resource) ?? 0)) this.reached.set(resource, revision);
  }

  removed(resource: ResourceRef, object: KubeObject): void {
    this.deleted.push({ resource, object });
  }

  /** Resources that nobody observes are not waited for. Resolves, too, when the informers are stopped. */
  async observed(informers: InformerSet): Promise<void> {
    for (const [resource, revision] of this.reached) {
      const informer = informers.started(resource);
      await informer?.until(() => informer.resourceVersion >= revision);
    }
    for (const { resource, object: { metadata } } of this.deleted) {
      const informer = informers.started(resource);
      await informer?.until(() => {
        const seen = informer.get(metadata.name, metadata.namespace);
        return !seen || seen.metadata.uid !== metadata.uid || seen.metadata.deletionTimestamp !== undefined;
      });
    }
  }
}
