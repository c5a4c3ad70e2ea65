import type { Container, Pod, PodSpec, PodTemplateSpec } from '../../../src/api/generated/core.v1';
import type { KubeObject } from '../../../src/api/meta';
import type { Api } from './api';
import { images } from './pods';
import { pods } from './resources';
import type { RowContext } from './row';
import type { Watching } from './watching';

export const web: Container = { name: 'web', image: images.nginx };

export const templateOf = (labels: Record<string, string>, containers: Container[] = [web], more: Partial<PodSpec> = {}): PodTemplateSpec =>
  ({ metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, ...more, containers } });

export const selected = (labels: Record<string, string>): string => Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');

/** Those that are not on their way out. */
export async function livePods(t: RowContext, labels: Record<string, string>): Promise<Pod[]> {
  const { items } = await t.api(pods).list({ labelSelector: selected(labels) });
  return items.filter(({ metadata }) => !metadata.deletionTimestamp);
}

export const isRunning = ({ status }: Pod) => status?.phase === 'Running' && status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');

/** So many run and are ready, and there are no others. */
export function podsReady(t: RowContext, labels: Record<string, string>, count: number): Promise<Pod[]> {
  return t.eventually(async () => {
    const { items } = await t.api(pods).list({ labelSelector: selected(labels) });
    return items.length === count && items.every(isRunning) && items;
  }, 120_000) as Promise<Pod[]>;
}

interface Scaled extends KubeObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number; readonly readyReplicas?: number; readonly availableReplicas?: number; readonly observedGeneration?: number };
}

/** The status says that so many replicas are ready. */
export function replicasReady<T extends KubeObject>(t: RowContext, api: Api<T>, name: string, count: number): Promise<T> {
  return t.eventually(async () => {
    const object = await api.get(name);
    const { status = {} } = object as Scaled;
    return (status.observedGeneration ?? 0) >= (object.metadata.generation ?? 0) && (status.replicas ?? 0) === count && (status.readyReplicas ?? 0) === count && object;
  }, 120_000) as Promise<T>;
}

/** Reads, writes and patches the scale; the object follows. */
export async function scales<T extends KubeObject>(t: RowContext, api: Api<T>, name: string): Promise<void> {
  const scale = (await api.get(name, 'scale')) as unknown as Scaled & { spec: { replicas: number } };
  expect([scale.spec.replicas, scale.status!.replicas]).toEqual([1, 1]);
  const written = (await api.update({ ...scale, apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 2 } } as unknown as T, { subresource: 'scale' })) as unknown as Scaled;
  expect(written.spec?.replicas).toBe(2);
  expect(((await api.get(name)) as Scaled).spec?.replicas).toBe(2);
  await api.patch(name, 'merge', { spec: { replicas: 4 } }, { subresource: 'scale' });
  expect(((await api.get(name)) as Scaled).spec?.replicas).toBe(4);
}

interface Conditioned extends KubeObject {
  status?: { conditions?: { type: string; status: string; reason?: string; message?: string }[] };
}

/** A condition that is written to the status, and one that is patched into it, are stored and seen by watches. */
export async function keepsConditions<T extends KubeObject>(api: Api<T>, name: string): Promise<void> {
  const watch = await api.watch({ fieldSelector: `metadata.name=${name}` });
  const has = (object: KubeObject, type: string, reason: string | undefined) => (object as Conditioned).status?.conditions?.some((condition) => condition.type === type && condition.status === 'True' && condition.reason === reason) ?? false;
  expect((await api.get(name, 'status')).metadata.name).toBe(name);
  const updated = { type: 'StatusUpdate', status: 'True', reason: 'E2E', message: 'Set from e2e test' };
  await api.change(name, (object) => {
    const conditioned = object as Conditioned;
    conditioned.status = { ...conditioned.status, conditions: [...(conditioned.status?.conditions ?? []), updated] };
  }, { subresource: 'status' });
  await watch.until(({ type, object }) => type === 'MODIFIED' && has(object, 'StatusUpdate', 'E2E'));
  const patched = await api.patch(name, 'merge', { status: { conditions: [{ type: 'StatusPatched', status: 'True' }] } }, { subresource: 'status' });
  expect(has(patched, 'StatusPatched', undefined)).toBe(true);
  await watch.until(({ type, object }) => type === 'MODIFIED' && has(object, 'StatusPatched', undefined));
}

/** Waits for a state of an object; what the watch told before is dropped. */
export async function sees<T extends KubeObject>(watch: Watching<T>, matches: (object: T) => boolean | undefined, type?: 'ADDED' | 'MODIFIED'): Promise<T> {
  const event = await watch.until((told) => (type === undefined ? told.type === 'ADDED' || told.type === 'MODIFIED' : told.type === type) && (matches(told.object as T) ?? false));
  return event.object as T;
}

/** The controller that a pod belongs to now. */
export const controllerUid = ({ metadata }: KubeObject): string | undefined => metadata.ownerReferences?.find(({ controller }) => controller)?.uid;
