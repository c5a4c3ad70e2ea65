import type { Clock } from '../../api/clock';
import { isReason, notFound } from '../../api/errors';
import type { TokenRequest } from '../../api/generated/authentication.v1';
import type { ConfigMap, PersistentVolume, PersistentVolumeClaim, Pod, Secret, Service } from '../../api/generated/core.v1';
import { controllerOf, type KubeObject } from '../../api/meta';
import type { Client, Resource } from '../../client/client';
import type { Informer, InformerSet } from '../../client/informer';
import { claims, configMaps, persistentVolumes, secrets, serviceAccounts, services } from './resources';
import type { VolumeSources } from './volumes/content';

interface IssuedToken {
  token: string;
  refreshAtMs: number;
}

/** A token is renewed when four fifths of its life are over, as upstream's token manager does. */
const renewAfter = 0.8;
const defaultExpirationSeconds = 3600;

/** Objects that pods refer to: from the informers, or from the API itself where those may be behind. */
export class Sources implements VolumeSources {
  private readonly serviceInformer: Informer<Service>;
  private readonly configMapInformer: Informer<ConfigMap>;
  private readonly secretInformer: Informer<Secret>;
  /** What is not asked for where the copy lacks it. */
  readonly synced: Promise<void>;
  /** By pod uid; of each by audience and lifetime. */
  private readonly tokens = new Map<string, Map<string, IssuedToken>>();

  constructor(informers: InformerSet, private readonly client: Client, private readonly clock: Clock) {
    this.serviceInformer = informers.for<Service>(services);
    this.configMapInformer = informers.for<ConfigMap>(configMaps);
    this.secretInformer = informers.for<Secret>(secrets);
    this.synced = this.serviceInformer.synced;
  }

  /** Tells of `configmaps/name` and `secrets/name` that appeared or changed. Returns what ends it. */
  onChange(changed: (namespace: string, reference: string) => void): () => void {
    const tell = (plural: string) => ({ metadata }: KubeObject) => changed(metadata.namespace ?? '', `${plural}/${metadata.name}`);
    const ends = [
      this.configMapInformer.subscribe({ added: tell('configmaps'), updated: tell('configmaps') }),
      this.secretInformer.subscribe({ added: tell('secrets'), updated: tell('secrets') }),
    ];
    return () => ends.forEach((end) => end());
  }

  configMap(namespace: string, name: string): Promise<ConfigMap> {
    return this.find(this.configMapInformer, configMaps, 'configmap', namespace, name);
  }

  secret(namespace: string, name: string): Promise<Secret> {
    return this.find(this.secretInformer, secrets, 'secret', namespace, name);
  }

  services(namespace: string): readonly Service[] {
    const own = this.serviceInformer.list(namespace);
    const master = namespace === 'default' ? undefined : this.serviceInformer.get('kubernetes', 'default');
    return master ? [...own, master] : own;
  }

  /** A claim that was made for one pod serves no other. */
  async boundVolume(pod: Pod, name: string): Promise<PersistentVolume> {
    const claim = await this.client.get<PersistentVolumeClaim>(claims, name, pod.metadata.namespace);
    const { spec, status } = claim;
    const isEphemeral = !pod.spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === name);
    if (isEphemeral && controllerOf(claim)?.uid !== pod.metadata.uid) throw new Error(`PVC ${pod.metadata.namespace}/${name} was not created for pod ${pod.metadata.namespace}/${pod.metadata.name} (pod is not owner)`);
    if (status?.phase !== 'Bound' || !spec.volumeName) throw new Error(`persistentvolumeclaim "${name}" is not bound`);
    return this.client.get<PersistentVolume>(persistentVolumes, spec.volumeName);
  }

  async token(pod: Pod, audience: string | undefined, expirationSeconds = defaultExpirationSeconds): Promise<string> {
    const uid = pod.metadata.uid ?? '';
    const key = `${audience ?? ''} ${expirationSeconds}`;
    const known = this.tokens.get(uid)?.get(key);
    if (known && known.refreshAtMs > this.clock.now()) return known.token;
    const issued = await this.requestToken(pod, audience, expirationSeconds);
    this.tokens.set(uid, (this.tokens.get(uid) ?? new Map<string, IssuedToken>()).set(key, issued));
    return issued.token;
  }

  /** When the first token of the pod has to be renewed. */
  refreshAtMs(pod: Pod): number | undefined {
    const issued = this.tokens.get(pod.metadata.uid ?? '');
    return issued && Math.min(...[...issued.values()].map(({ refreshAtMs }) => refreshAtMs));
  }

  /**
   * Once the volumes are made: a token whose time is over and that was not asked for again is read by nobody. Who reads
   * it gets a new one; without this it would be due for ever.
   */
  dropUnread(pod: Pod): void {
    const issued = this.tokens.get(pod.metadata.uid ?? '');
    for (const [key, { refreshAtMs }] of issued ?? []) if (refreshAtMs <= this.clock.now()) issued!.delete(key);
    if (!issued?.size) this.forget(pod);
  }

  forget(pod: Pod): void {
    this.tokens.delete(pod.metadata.uid ?? '');
  }

  private async requestToken({ metadata, spec }: Pod, audience: string | undefined, expirationSeconds: number): Promise<IssuedToken> {
    const account = spec.serviceAccountName || 'default';
    const request = {
      apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: { name: account, namespace: metadata.namespace },
      spec: { audiences: audience ? [audience] : [], expirationSeconds, boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: metadata.name, uid: metadata.uid } },
    } as TokenRequest;
    const { status } = await this.client.create<TokenRequest>(serviceAccounts, request, { subresource: 'token', name: account });
    if (!status?.token) throw new Error(`no token was issued for service account ${metadata.namespace}/${account}`);
    const nowMs = this.clock.now();
    return { token: status.token, refreshAtMs: nowMs + renewAfter * (Date.parse(status.expirationTimestamp) - nowMs) };
  }

  private async find<T extends KubeObject>(informer: Informer<T>, resource: Resource, singular: string, namespace: string, name: string): Promise<T> {
    const known = informer.get(name, namespace);
    if (known) return known;
    try {
      return await this.client.get<T>(resource, name, namespace);
    } catch (error) {
      // Upstream's managers name the kind in the singular, and so events and statuses do.
      throw isReason(error, 'NotFound') ? notFound({ group: '', plural: singular }, name) : error;
    }
  }
}
