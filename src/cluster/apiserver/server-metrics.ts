import { qualifiedResource } from '../../api/errors';
import { Observed, type Metrics } from '../../api/metrics';
import { kubernetesVersion } from '../../api/version';
import type { FlowControl } from './http/flow-control';
import type { Registry } from './registry';
import { keyPrefix } from './registry/keys';

/** What the server knows of itself at any time, under upstream's names. */
export function serverMetrics(metrics: Metrics, { store, kinds }: Registry, flow: FlowControl): void {
  const gauge = (name: string, help: string, labels: readonly string[], read: () => Iterable<readonly [readonly string[], number]>) =>
    metrics.add(new Observed({ name, help, labels, type: 'gauge' }, read));
  gauge('apiserver_current_inflight_requests', 'Requests in work now.', ['request_kind'], () => flow.counts().map(({ kind, executing }) => [[kind], executing]));
  gauge('apiserver_current_inqueue_requests', 'Requests that wait for their turn now.', ['request_kind'], () => flow.counts().map(({ kind, waiting }) => [[kind], waiting]));
  gauge('apiserver_storage_objects', 'Objects in the store by their resource.', ['resource'], () =>
    kinds.all().filter((kind) => !kind.storedAs && kind.verbs?.includes('list') !== false).map((kind) => [[qualifiedResource(kind)], store.count(keyPrefix(kind))]));
  gauge('knarr_store_revision', 'The newest revision of the store.', [], () => [[[], store.revision]]);
  gauge('knarr_store_compacted_revision', 'The oldest revision that a watch can begin from.', [], () => [[[], store.compacted]]);
  gauge('kubernetes_build_info', 'Always 1; the labels say which Kubernetes this behaves as.', ['major', 'minor', 'git_version'], () =>
    [[[kubernetesVersion.major, kubernetesVersion.minor, kubernetesVersion.gitVersion], 1]]);
}
