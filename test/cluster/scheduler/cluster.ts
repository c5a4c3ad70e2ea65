import type { Node, Pod } from '../../../src/api/generated/core.v1';
import { ClusterState } from '../../../src/cluster/scheduler/cluster-state';

let made = 0;

export interface NodeOptions {
  labels?: Record<string, string>;
  taints?: NonNullable<NonNullable<Node['spec']>['taints']>;
  unschedulable?: boolean;
  allocatable?: Record<string, string>;
  /** Mebibytes by name. */
  images?: Record<string, number>;
}

export const node = (name: string, { labels, taints, unschedulable, allocatable, images }: NodeOptions = {}): Node => ({
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
  spec: { ...(taints && { taints }), ...(unschedulable && { unschedulable }) },
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10', ...allocatable }, ...(images && { images: Object.entries(images).map(([image, size]) => ({ names: [image], sizeBytes: size * 2 ** 20 })) }) },
});

export const pod = (spec: Partial<NonNullable<Pod['spec']>> = {}, labels: Record<string, string> = {}, requests?: Record<string, string>): Pod => {
  const uid = `pod-${++made}`;
  return {
    metadata: { name: uid, uid, namespace: 'default', labels },
    spec: { containers: [{ name: 'main', ...(requests && { resources: { requests } }) }], ...spec } as NonNullable<Pod['spec']>,
  };
};

/** A cluster of these nodes, with pods that run on them. */
export function clusterOf(nodes: readonly Node[], running: readonly Pod[] = []): ClusterState {
  const cluster = new ClusterState((namespace) => ({ 'kubernetes.io/metadata.name': namespace }));
  nodes.forEach((each) => cluster.setNode(each));
  running.forEach((each) => cluster.observe(each));
  return cluster;
}
