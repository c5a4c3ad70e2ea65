import type { Clock } from '../../../api/clock';
import { formatGoDuration } from '../../../api/duration';
import type { Container, ImageVolumeSource, Pod } from '../../../api/generated/core.v1';
import type { ImageInfo, Runtime } from '../../../runtime/port';
import { backoffEnd, nextBackoff, type BackoffEntry } from '../decide/backoff';
import type { Failure, ImageVerdict } from '../decide/view';
import { withTag } from '../spec/container';
import type { VolumeSources } from '../volumes/content';
import { credentialsFor } from './credentials';
import type { PodEvents } from './events';
import { PulledImages } from './pulled-images';
import { runtimeUid } from '../spec/uid';

interface PullHistory {
  backoff: BackoffEntry;
  message: string;
}

/** How soon a container whose image could not be had is looked at again. */
const retryMs = 2_000;

/** Who needs an image: a container; without a name the pod itself, for one of its volumes. */
type Needs = Pick<Container, 'image' | 'imagePullPolicy'> & { readonly name?: string };

/** Has images there before containers start, by each container's pull policy. After pkg/kubelet/images. */
export class Images {
  /** By pod uid and image. */
  private readonly failed = new Map<string, PullHistory>();
  readonly pulled = new PulledImages();
  private readonly pulls = new Map<string, Promise<ImageInfo>>();

  constructor(private readonly runtime: Runtime, private readonly clock: Clock, private readonly events: PodEvents, private readonly sources: Pick<VolumeSources, 'secret'>) {}

  async ensure(pod: Pod, container: Container, signal: AbortSignal): Promise<ImageVerdict> {
    const verdict = await this.look(pod, container, signal);
    if ('reason' in verdict && !signal.aborted) this.events.container(pod, container, 'Warning', 'Failed', `Error: ${verdict.reason}`);
    return verdict;
  }

  /** For a volume. Rejects when it cannot be had. */
  async forVolume(pod: Pod, { reference, pullPolicy }: ImageVolumeSource): Promise<string> {
    const { signal } = new AbortController();
    const verdict = await this.look(pod, { ...(reference !== undefined && { image: reference }), ...(pullPolicy !== undefined && { imagePullPolicy: pullPolicy }) }, signal);
    if ('reason' in verdict) throw new Error(`${verdict.reason}: ${verdict.message}`);
    return withTag(verdict.image);
  }

  forget(pod: Pod): void {
    for (const key of this.failed.keys()) if (key.startsWith(`${runtimeUid(pod)}_`)) this.failed.delete(key);
  }

  private async look(pod: Pod, by: Needs, signal: AbortSignal): Promise<ImageVerdict> {
    const { image = '', imagePullPolicy = 'IfNotPresent' } = by;
    let present: ImageInfo | undefined;
    try {
      present = await this.runtime.imageStatus(withTag(image));
    } catch (error) {
      return this.inspectFailed(pod, by, error);
    }
    if (imagePullPolicy === 'Always' || (imagePullPolicy === 'IfNotPresent' && !present)) return this.pull(pod, by, present, signal);
    if (present) return this.takePresent(pod, by, present);
    const message = `Container image "${image}" is not present with pull policy of Never`;
    this.tell(pod, by, 'Warning', 'ErrImageNeverPull', message);
    return this.failure('ErrImageNeverPull', message);
  }

  private inspectFailed(pod: Pod, by: Needs, error: unknown): Failure {
    const { message, code } = error as { message: string; code?: string };
    const isInvalid = code === 'InvalidImageName';
    const text = isInvalid
      ? `Failed to apply default image tag "${by.image}": couldn't parse image name "${by.image}": ${message}`
      : `Failed to inspect image "${by.image}": ${message}`;
    this.tell(pod, by, 'Warning', 'InspectFailed', text);
    return this.failure(isInvalid ? 'InvalidImageName' : 'ImageInspectError', text);
  }

  private async pull(pod: Pod, by: Needs, present: ImageInfo | undefined, signal: AbortSignal): Promise<ImageVerdict> {
    const { image = '' } = by;
    const key = `${runtimeUid(pod)}_${image}`;
    const history = this.failed.get(key);
    const endMs = history && backoffEnd(history.backoff, history.backoff.lastUpdateMs, this.clock.now());
    if (endMs !== undefined) {
      const message = `Back-off pulling image "${image}"`;
      this.tell(pod, by, 'Normal', 'BackOff', message);
      return { reason: 'ImagePullBackOff', message: `${message}: ${history!.message}`, retryAtMs: endMs };
    }
    this.tell(pod, by, 'Normal', 'Pulling', `Pulling image "${image}"`);
    const startMs = this.clock.now();
    try {
      const info = await this.pullOnce(withTag(image), pod, signal);
      this.failed.delete(key);
      this.pulled.pulled(withTag(image), info.sizeBytes, this.clock.now());
      const took = formatGoDuration(this.clock.now() - startMs);
      this.tell(pod, by, 'Normal', 'Pulled', `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${info.sizeBytes} bytes.`);
      return { image, imageUser: info.user };
    } catch (error) {
      return this.pullFailed(pod, by, present, error, signal);
    }
  }

  private pullFailed(pod: Pod, by: Needs, present: ImageInfo | undefined, error: unknown, signal: AbortSignal): ImageVerdict {
    const { image = '' } = by;
    const { message, code } = error as { message: string; code?: string };
    if (signal.aborted) return this.failure('ErrImagePull', message);
    this.tell(pod, by, 'Warning', 'Failed', `Failed to pull image "${image}": ${message}`);
    if (code === 'RegistryUnavailable' && present) {
      this.tell(pod, by, 'Warning', 'PulledStale', `The registry of image "${image}" cannot be reached, the image that is present is used`);
      return { image, imageUser: present.user };
    }
    const key = `${runtimeUid(pod)}_${image}`;
    const nowMs = this.clock.now();
    const known = this.failed.get(key)?.backoff;
    this.failed.set(key, { backoff: nextBackoff(known, nowMs, nowMs), message: `ErrImagePull: ${message}` });
    return this.failure('ErrImagePull', message);
  }

  /** Two containers that wait for one image share its pull. */
  private async pullOnce(image: string, pod: Pod, signal: AbortSignal): Promise<ImageInfo> {
    const running = this.pulls.get(image);
    if (running) return running;
    const names = pod.spec.imagePullSecrets ?? [];
    const secrets = await Promise.all(names.map(({ name = '' }) => this.sources.secret(pod.metadata.namespace ?? '', name).catch(() => undefined)));
    const credentials = credentialsFor(image, secrets.filter((secret) => secret !== undefined));
    const pull = this.runtime.pullImage(image, { ...(credentials && { credentials }), signal });
    this.pulls.set(image, pull);
    return pull.finally(() => this.pulls.delete(image));
  }

  private tell(pod: Pod, { name }: Needs, severity: 'Normal' | 'Warning', reason: string, message: string): void {
    if (name === undefined) this.events.pod(pod, severity, reason, message);
    else this.events.container(pod, { name }, severity, reason, message);
  }

  private takePresent(pod: Pod, by: Needs, present: ImageInfo): ImageVerdict {
    this.tell(pod, by, 'Normal', 'Pulled', `Container image "${by.image}" already present on machine`);
    return { image: by.image ?? '', imageUser: present.user };
  }

  private failure(reason: string, message: string): Failure {
    return { reason, message, retryAtMs: this.clock.now() + retryMs };
  }
}
