import { notFound } from '../../../api/errors';
import type { Node, Pod } from '../../../api/generated/core.v1';
import type { KubeObject, Unstructured } from '../../../api/meta';
import type { Hooks, Registry } from '../registry/registry';
import type { UsageCollector } from './collector';
import { nodeMetrics, podMetrics } from './objects';
import type { Usage } from './usage';

const untyped = (objects: readonly KubeObject[]) => objects as unknown as Unstructured[];

/** Pods of which something can be told, and all nodes. Wording of what is not found: metrics-server's pkg/api. */
export const metricsHooks = (collector: UsageCollector | undefined): [string, Hooks][] => [
  ['metrics.k8s.io/pods', {
    async computed(registry, namespace, name) {
      const pods = stored<Pod>(registry, `/pods/${namespace ? `${namespace}/` : ''}`, name);
      if (name && !pods.length) throw notFound({ group: '', plural: 'pods' }, name);
      const usages = groupBy((await collector?.usages()) ?? [], ({ sample }) => sample.podUid);
      const told = pods.filter(({ metadata }) => usages.has(metadata.uid!));
      if (name && !told.length) throw notFound({ group: 'metrics.k8s.io', plural: 'podmetrics' }, `${namespace}/${name}`);
      return untyped(told.map((pod) => podMetrics(pod, usages.get(pod.metadata.uid!)!, registry.clock.now())));
    },
  }],
  ['metrics.k8s.io/nodes', {
    async computed(registry, _namespace, name) {
      const nodes = stored<Node>(registry, '/nodes/', name);
      if (name && !nodes.length) throw notFound({ group: '', plural: 'nodes' }, name);
      const usages = groupBy((await collector?.usages()) ?? [], ({ sample }) => sample.nodeName);
      return untyped(nodes.map((node) => nodeMetrics(node, usages.get(node.metadata.name) ?? [], registry.clock.now())));
    },
  }],
];

function stored<T extends KubeObject>({ store }: Registry, prefix: string, name: string | undefined): T[] {
  if (name === undefined) return store.list(prefix).entries.map(({ object }) => object as KubeObject as T);
  const entry = store.get(prefix + name);
  return entry ? [entry.object as KubeObject as T] : [];
}

function groupBy(usages: readonly Usage[], key: (usage: Usage) => string): Map<string, Usage[]> {
  const groups = new Map<string, Usage[]>();
  for (const usage of usages) {
    const group = groups.get(key(usage));
    if (group) group.push(usage);
    else groups.set(key(usage), [usage]);
  }
  return groups;
}
