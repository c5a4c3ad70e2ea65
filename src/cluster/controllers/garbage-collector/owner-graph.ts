import type { KubeObject } from '../../../api/meta';
import type { ResourceRef } from '../../../kinds/resources';

export interface GraphNode {
  readonly resource: ResourceRef;
  readonly object: KubeObject;
}

export const isDeletingDependents = ({ metadata }: KubeObject): boolean =>
  metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).includes('foregroundDeletion');

/** Who owns whom, over all kinds, as observed. */
export class OwnerGraph {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly dependents = new Map<string, Set<string>>();

  node(uid: string): GraphNode | undefined {
    return this.nodes.get(uid);
  }

  dependentsOf(uid: string): readonly GraphNode[] {
    return [...(this.dependents.get(uid) ?? [])].map((dependent) => this.nodes.get(dependent)!);
  }

  set(resource: ResourceRef, object: KubeObject): void {
    const uid = object.metadata.uid ?? '';
    this.unlink(uid);
    this.nodes.set(uid, { resource, object });
    for (const owner of object.metadata.ownerReferences ?? []) {
      const known = this.dependents.get(owner.uid);
      if (known) known.add(uid);
      else this.dependents.set(owner.uid, new Set([uid]));
    }
  }

  delete(uid: string): void {
    this.unlink(uid);
    this.nodes.delete(uid);
  }

  private unlink(uid: string): void {
    for (const owner of this.nodes.get(uid)?.object.metadata.ownerReferences ?? []) {
      const dependents = this.dependents.get(owner.uid);
      if (dependents?.delete(uid) && dependents.size === 0) this.dependents.delete(owner.uid);
    }
  }
}
