import { groupVersion } from '../../api/meta';
import type { ApiResource } from '../../client/discovery';
import type { Session } from '../session';

/** Group, version and kind that are looked through when nothing else is said. After k8s.io/kubectl/pkg/util/prune. */
const defaults: readonly string[] = [
  'core/v1/ConfigMap', 'core/v1/Endpoints', 'core/v1/PersistentVolumeClaim', 'core/v1/Pod', 'core/v1/ReplicationController',
  'core/v1/Secret', 'core/v1/Service', 'batch/v1/Job', 'batch/v1/CronJob', 'networking.k8s.io/v1/Ingress', 'apps/v1/DaemonSet',
  'apps/v1/Deployment', 'apps/v1/ReplicaSet', 'apps/v1/StatefulSet', 'core/v1/Namespace', 'core/v1/PersistentVolume',
];

/** The resources of --prune-allowlist, else the usual ones. Throws in kubectl's words for what is none. */
export async function prunableResources(session: Session, allowlist: readonly string[]): Promise<ApiResource[]> {
  const discovery = await session.discovery();
  const found: ApiResource[] = [];
  for (const entry of allowlist.length ? allowlist : defaults) {
    const parts = entry.split('/');
    if (parts.length !== 3) throw new Error(`invalid GroupVersionKind format: ${entry}, please follow <group/version/kind>`);
    const [group, version, kind] = [parts[0] === 'core' ? '' : parts[0]!, parts[1]!, parts[2]!];
    const resource = await discovery.kind(group, kind, version);
    if (!resource) throw new Error(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(groupVersion({ group, version }))}`);
    found.push(resource);
  }
  return found;
}
