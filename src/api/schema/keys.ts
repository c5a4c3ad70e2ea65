import { parseGroupVersion } from '../meta';
import { hasTypeSchema } from './index';

/** Groups whose schema package is not their first word. */
const packages: Record<string, string> = { '': 'core', 'internal.apiserver.k8s.io': 'apiserverinternal' };

const roots = [
  (pkg: string) => `io.k8s.api.${pkg}`,
  (pkg: string) => `io.k8s.apiextensions-apiserver.pkg.apis.${pkg}`,
  (pkg: string) => `io.k8s.kube-aggregator.pkg.apis.${pkg}`,
  (pkg: string) => `io.k8s.metrics.pkg.apis.${pkg}`,
];

/**
 * The schema key of a kind, undefined for kinds that are not built in. The kinds of meta/v1 (DeleteOptions, Status, …)
 * exist in every group.
 */
export function schemaKeyOf(apiVersion: string, kind: string): string | undefined {
  const { group, version } = parseGroupVersion(apiVersion);
  // A group of somebody else may begin with the same word: apps.example.com.
  if (group.includes('.') && !group.endsWith('.k8s.io')) return undefined;
  const pkg = packages[group] ?? group.split('.')[0]!;
  const candidates = [...roots.map((root) => `${root(pkg)}.${version}.${kind}`), `io.k8s.apimachinery.pkg.apis.meta.v1.${kind}`];
  return candidates.find(hasTypeSchema);
}
