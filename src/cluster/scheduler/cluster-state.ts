import type { Node, Pod } from '../../api/generated/core.v1';
import { labelSelectorMatcher } from '../../api/selectors';
import type { LabelSelector } from '../../api/meta';
import { isFinished } from '../../kinds/pod-state';
import { ImageHolders } from './node-images';
import { NodeInfo, podInfo, type PodInfo } from './node-info';
import { noVolumes, type VolumeView } from './volumes/view';

export const zoneLabel = 'topology.kubernetes.io/zone';

/** A node that exists, to filters and scores. */
export type Candidate = NodeInfo & { readonly node: Node };

/**
 * What the scheduler knows of nodes and of the pods on them. A pod counts from the moment at which it is assumed to
 * be on a node, before the binding is written and observed.
 */
export class ClusterState {
  private readonly nodes = new Map<string, NodeInfo>();
  private readonly nodeOfPod = new Map<string, string>();
  readonly images = new ImageHolders();
  private readonly repellingNodes = new Set<NodeInfo>();
  private readonly assumed = new Map<string, string>();
  /** Of the nodes that exist; made anew when one comes or goes. */
  private existing: readonly Candidate[] | undefined;
  private inZones: readonly Candidate[] | undefined;

  constructor(private readonly namespaceLabels: (namespace: string) => Record<string, string> | undefined = () => undefined, readonly volumes: VolumeView = noVolumes) {}

  candidates(): readonly Candidate[] {
    return (this.existing ??= [...this.nodes.values()].filter((info): info is Candidate => info.node !== undefined));
  }

  /** Nodes that say in which zone they are. */
  zoned(): readonly Candidate[] {
    return (this.inZones ??= this.candidates().filter(({ node }) => node.metadata.labels?.[zoneLabel] !== undefined));
  }

  /** Nodes with pods that refuse company. */
  repelling(): readonly Candidate[] {
    return [...this.repellingNodes].filter((info): info is Candidate => info.node !== undefined);
  }

  setNode(node: Node): void {
    const info = this.info(node.metadata.name);
    if (!info.node) this.existing = undefined;
    this.inZones = undefined;
    this.replaceNode(info, node);
  }

  /** Pods on it keep counting should it come back. */
  removeNode(name: string): void {
    const info = this.nodes.get(name);
    if (info) this.replaceNode(info, undefined);
    this.existing = this.inZones = undefined;
    if (info?.pods.size === 0) this.nodes.delete(name);
  }

  private replaceNode(info: NodeInfo, node: Node | undefined): void {
    const before = info.images;
    info.setNode(node);
    if (info.images !== before) this.images.changed(before, info.images);
  }

  /** A pod was observed. One on no node yet stays where it is assumed to be. */
  observe(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    const nodeName = pod.spec?.nodeName;
    if (isFinished(pod)) return this.forget(uid);
    if (!nodeName) return;
    this.assumed.delete(uid);
    this.place(podInfo(pod), nodeName);
  }

  assume(pod: PodInfo, nodeName: string): void {
    this.assumed.set(pod.pod.metadata.uid ?? '', nodeName);
    this.place(pod, nodeName);
  }

  /** Counts the pod as if it were on the node, until the returned function is called. */
  reserve(pod: PodInfo, nodeName: string): () => void {
    const info = this.nodes.get(nodeName);
    if (!info?.node) return () => undefined;
    info.add(pod);
    this.noteRepelling(info);
    return () => {
      info.remove(pod.pod.metadata.uid ?? '');
      this.noteRepelling(info);
    };
  }

  /** The pod is gone, or its binding failed. */
  forget(uid: string): void {
    this.assumed.delete(uid);
    const nodeName = this.nodeOfPod.get(uid);
    if (nodeName === undefined) return;
    this.nodeOfPod.delete(uid);
    const info = this.info(nodeName);
    info.remove(uid);
    this.noteRepelling(info);
    if (!info.node && info.pods.size === 0) this.nodes.delete(nodeName);
  }

  isAssumed(uid: string): boolean {
    return this.assumed.has(uid);
  }

  namespaceMatches(selector: LabelSelector | undefined, namespace: string): boolean {
    return labelSelectorMatcher(selector)(this.namespaceLabels(namespace) ?? {});
  }

  private place(info: PodInfo, nodeName: string): void {
    const uid = info.pod.metadata.uid ?? '';
    if (this.nodeOfPod.get(uid) !== nodeName) this.removeFromNode(uid);
    this.nodeOfPod.set(uid, nodeName);
    const node = this.info(nodeName);
    node.add(info);
    this.noteRepelling(node);
  }

  private removeFromNode(uid: string): void {
    const nodeName = this.nodeOfPod.get(uid);
    const info = nodeName === undefined ? undefined : this.nodes.get(nodeName);
    info?.remove(uid);
    if (info) this.noteRepelling(info);
  }

  private noteRepelling(info: NodeInfo): void {
    if (info.repelling.size > 0) this.repellingNodes.add(info);
    else this.repellingNodes.delete(info);
  }

  private info(name: string): NodeInfo {
    const known = this.nodes.get(name);
    if (known) return known;
    const made = new NodeInfo(name);
    this.nodes.set(name, made);
    return made;
  }
}
