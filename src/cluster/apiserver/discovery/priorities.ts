/**
 * Which groups come first, and which versions in them: [group, { version: priority }].
 * Source: DefaultGenericAPIServicePriorities in k8s.io/kubernetes/pkg/controlplane/apiserver.
 */
const table: Readonly<Record<string, readonly [number, Readonly<Record<string, number>>]>> = {
  '': [18000, { v1: 1 }],
  apps: [17800, { v1: 15, v1beta2: 9, v1beta1: 1 }],
  'events.k8s.io': [17750, { v1: 15, v1beta1: 5 }],
  'authentication.k8s.io': [17700, { v1: 15, v1beta1: 9, v1alpha1: 1 }],
  'authorization.k8s.io': [17600, { v1: 15 }],
  autoscaling: [17500, { v1: 15, v2: 30, v2beta1: 9, v2beta2: 1 }],
  batch: [17400, { v1: 15, v1beta1: 9 }],
  'certificates.k8s.io': [17300, { v1: 15, v1alpha1: 1 }],
  'networking.k8s.io': [17200, { v1: 15, v1beta1: 8, v1alpha1: 1 }],
  policy: [17100, { v1: 15, v1beta1: 9 }],
  'rbac.authorization.k8s.io': [17000, { v1: 15 }],
  'storage.k8s.io': [16800, { v1: 15, v1beta1: 9, v1alpha1: 1 }],
  'apiextensions.k8s.io': [16700, { v1: 15 }],
  'admissionregistration.k8s.io': [16700, { v1: 15, v1beta1: 12, v1alpha1: 9 }],
  'scheduling.k8s.io': [16600, { v1: 15 }],
  'coordination.k8s.io': [16500, { v1: 15, v1alpha2: 9 }],
  'node.k8s.io': [16300, { v1: 15 }],
  'discovery.k8s.io': [16200, { v1: 15 }],
  'flowcontrol.apiserver.k8s.io': [16100, { v1: 21, v1beta3: 18 }],
  'resource.k8s.io': [15900, { v1beta2: 15, v1beta1: 9 }],
  // Behind the groups that took over its kinds: a name alone is to mean those.
  extensions: [15000, { v1beta1: 1 }],
  // Of the manifest of the metrics server.
  'metrics.k8s.io': [100, { v1beta1: 100 }],
};

/** Of all others: those that custom resources have. */
const custom = { group: 1000, version: 100 };

/** The aggregator itself. */
const first = 'apiregistration.k8s.io';

export interface Priority {
  readonly group: number;
  readonly version: number;
}

export function priorityOf(group: string, version = ''): Priority {
  if (group === first) return { group: 20000, version: 100 };
  const known = Object.hasOwn(table, group) ? table[group] : undefined;
  return known ? { group: known[0], version: known[1][version] ?? 9 } : custom;
}
