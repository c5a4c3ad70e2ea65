import type { Container, Pod, ServiceAccount, Volume } from '../../../api/generated/core.v1';
import { isMirror } from '../../../kinds/core/pod/annotations';
import { pods } from '../../../kinds/resources';
import { forbiddenBy } from '../registry/admit';
import { generatedName } from '../registry/names';
import type { AdmissionPlugin, Registry } from '../registry/registry';
import { objectOf } from './request';

const volumePrefix = 'kube-api-access-';
const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
/** An hour and seven seconds: the extra seconds tell these tokens from those that somebody asked for. */
const tokenSeconds = 3607;
/** The default account of a new namespace is made by a controller, which may be a moment behind. */
const defaultAccountWaitMs = 1500;

/** Source: k8s.io/kubernetes/plugin/pkg/admission/serviceaccount. */
export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  operations: ['CREATE'],
  resources: [pods],
  async admit(request, registry) {
    const { namespace, context } = request;
    const pod = objectOf(request, pods);
    if (!pod) return;
    // A pod that its node runs by itself has no account.
    if (isMirror(pod)) {
      if (pod.spec.serviceAccountName) throw forbiddenBy(request, 'a mirror pod may not reference service accounts');
      return;
    }
    pod.spec.serviceAccountName ||= 'default';
    pod.spec.serviceAccount = pod.spec.serviceAccountName;
    const wanted = pod.spec.serviceAccountName;
    const account = await findAccount(registry, namespace!, wanted, context.dryRun);
    if (!account) {
      throw forbiddenBy(request, `error looking up service account ${namespace}/${wanted}: serviceaccount "${wanted}" not found`);
    }
    if (pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true) mountToken(pod, registry);
    if (!pod.spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
      pod.spec.imagePullSecrets = account.imagePullSecrets.map((secret) => ({ ...secret }));
    }
  },
};

async function findAccount(registry: Registry, namespace: string, name: string, dryRun: boolean): Promise<ServiceAccount | undefined> {
  const key = `/serviceaccounts/${namespace}/${name}`;
  const find = () => registry.store.get(key)?.object as ServiceAccount | undefined;
  if (find() || name !== 'default' || dryRun) return find();
  await appearance(registry, key);
  return find();
}

/** Resolves when the key is written, or when that takes too long. */
function appearance({ store, clock }: Registry, key: string): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stop();
      cancel();
      resolve();
    };
    const stop = store.watch(key, store.revision, done);
    const cancel = clock.schedule(defaultAccountWaitMs, done);
  });
}

function mountToken({ spec }: Pod, { random }: Registry): void {
  const existing = spec.volumes?.find(({ name }) => name.startsWith(volumePrefix));
  const name = existing?.name ?? generatedName(volumePrefix, random);
  const containers: Container[] = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  const lacking = containers.filter(({ volumeMounts }) => !volumeMounts?.some((mount) => mount.mountPath === mountPath));
  for (const container of lacking) container.volumeMounts = [...(container.volumeMounts ?? []), { name, readOnly: true, mountPath }];
  if (lacking.length && !existing) spec.volumes = [...(spec.volumes ?? []), tokenVolume(name)];
}

const tokenVolume = (name: string): Volume => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: tokenSeconds, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
    ],
    defaultMode: 0o644,
  },
});
