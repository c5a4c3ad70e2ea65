import type { Clock } from '../../../api/clock';
import { formatGoDuration } from '../../../api/duration';
import type { Container, Pod } from '../../../api/generated/core.v1';
import type { ImageInfo, Runtime } from '../../../runtime/port';
import { backoffEnd, nextBackoff, type BackoffEntry } from '../decide/backoff';
import type { Failure, ImageVerdict } from '../decide/view';
import { withTag } from '../spec/container';
import type { VolumeSources } from '../volumes/content';
import { credentialsFor } from './credentials';
import type { PodEvents } from './events';

interface PullHistory {
  backoff: BackoffEntry;
  message: string;
}

/** How soon a container whose image could not be had is looked at again. */
const retryMs = 2_000;

/** Has images there before containers start, by each container's pull policy. After pkg/kubelet/images. */
export class Images {
  /** By pod uid and image. */
  private readonly failed = new Map<string, PullHistory>();
  private readonly pulls = new Map<string, Promise<ImageInfo>>();

  constructor(private readonly runtime: Runtime, private readonly clock: Clock, private readonly events: PodEvents, private readonly sources: Pick<VolumeSources, 'secret'>) {}

  async ensure(pod: Pod, container: Container, signal: AbortSignal): Promise<ImageVerdict> {
    const verdict = await this.look(pod, container, signal);
    if ('reason' in verdict && !signal.aborted) this.events.container(pod, container, 'Warning', 'Failed', `Error: ${verdict.reason}`);
    return verdict;
  }

  forget(pod: Pod): void {
    for (const key of this.failed.keys()) if (key.startsWith(`${pod.metadata.uid}_`)) this.failed.delete(key);
  }

  private async look(pod: Pod, container: Container, signal: AbortSignal): Promise<ImageVerdict> {
    const { image = '', imagePullPolicy = 'IfNotPresent' } = container;
    let present: ImageInfo | undefined;
    try {
      present = await this.runtime.imageStatus(withTag(image));
    } catch (error) {
      return this.inspectFailed(pod, container, error);
    }
    if (imagePullPolicy === 'Always' || (imagePullPolicy === 'IfNotPresent' && !present)) return this.pull(pod, container, present, signal);
    if (present) return this.takePresent(pod, container, present);
    const message = `Container image "${image}" is not present with pull policy of Never`;
    this.events.container(pod, container, 'Warning', 'ErrImageNeverPull', message);
    return this.failure('ErrImageNeverPull', message);
  }

  private inspectFailed(pod: Pod, container: Container, error: unknown): Failure {
    const { message, code } = error as { message: string; code?: string };
    const isInvalid = code === 'InvalidImageName';
    const text = isInvalid
      ? `Failed to apply default image tag "${container.image}": couldn't parse image name "${container.image}": ${message}`
      : `Failed to inspect image "${container.image}": ${message}`;
    this.events.container(pod, container, 'Warning', 'InspectFailed', text);
    return this.failure(isInvalid ? 'InvalidImageName' : 'ImageInspectError', text);
  }

  private async pull(pod: Pod, container: Container, present: ImageInfo | undefined, signal: AbortSignal): Promise<ImageVerdict> {
    const { image = '' } = container;
    const key = `${pod.metadata.uid}_${image}`;
    const history = this.failed.get(key);
    const endMs = history && backoffEnd(history.backoff, history.backoff.lastUpdateMs, this.clock.now());
    if (endMs !== undefined) {
      const message = `Back-off pulling image "${image}"`;
      this.events.container(pod, container, 'Normal', 'BackOff', message);
      return { reason: 'ImagePullBackOff', message: `${message}: ${history!.message}`, retryAtMs: endMs };
    }
    this.events.container(pod, container, 'Normal', 'Pulling', `Pulling image "${image}"`);
    const startMs = this.clock.now();
    try {
      const info = await this.pullOnce(withTag(image), pod, signal);
      this.failed.delete(key);
      const took = formatGoDuration(this.clock.now() - startMs);
      this.events.container(pod, container, 'Normal', 'Pulled', `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${info.sizeBytes} bytes.`);
      return { image, imageUser: info.user };
    } catch (error) {
      return this.pullFailed(pod, container, present, error, signal);
    }
  }

  private pullFailed(pod: Pod, container: Container, present: ImageInfo | undefined, error: unknown, signal: AbortSignal): ImageVerdict {
    const { image = '' } = container;
    const { message, code } = error as { message: string; code?: string };
    if (signal.aborted) return this.failure('ErrImagePull', message);
    this.events.container(pod, container, 'Warning', 'Failed', `Failed to pull image "${image}": ${message}`);
    if (code === 'RegistryUnavailable' && present) {
      this.events.container(pod, container, 'Warning', 'PulledStale', `The registry of image "${image}" cannot be reached, the image that is present is used`);
      return { image, imageUser: present.user };
    }
    const key = `${pod.metadata.uid}_${image}`;
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

  private takePresent(pod: Pod, container: Container, present: ImageInfo): ImageVerdict {
    this.events.container(pod, container, 'Normal', 'Pulled', `Container image "${container.image}" already present on machine`);
    return { image: container.image ?? '', imageUser: present.user };
  }

  private failure(reason: string, message: string): Failure {
    return { reason, message, retryAtMs: this.clock.now() + retryMs };
  }
}
