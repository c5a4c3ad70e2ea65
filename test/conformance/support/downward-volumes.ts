import type { DownwardAPIVolumeFile, Node, ResourceRequirements, Volume } from '../../../src/api/generated/core.v1';
import { parseQuantity, quantityValue, toNumber } from '../../../src/api/quantity';
import { holdMounted } from './file-volumes';
import { outputOf, podFinished, podOf, shell } from './pods';
import { nodes, pods } from './resources';
import { rowOnDocker } from './row';

/* What a pod is told of itself in files, by a volume of its own and by a projected one: the same promises twice. */

export type DownwardVolume = (items: DownwardAPIVolumeFile[], defaultMode?: number) => Volume;

export const downwardVolume: DownwardVolume = (items, defaultMode) => ({ name: 'info', downwardAPI: { items, ...(defaultMode !== undefined && { defaultMode }) } });
export const projectedDownwardVolume: DownwardVolume = (items, defaultMode) => ({ name: 'info', projected: { sources: [{ downwardAPI: { items } }], ...(defaultMode !== undefined && { defaultMode }) } });

const mounted = { volumeMounts: [{ name: 'info', mountPath: '/etc/info' }] };
const limits: ResourceRequirements = { requests: { cpu: '250m', memory: '32Mi' }, limits: { cpu: '1250m', memory: '64Mi' } };
const podName: DownwardAPIVolumeFile = { path: 'name', fieldRef: { fieldPath: 'metadata.name' } };

/** Of the container: the amount in whole units, rounded up. */
export function tellsResource(volume: DownwardVolume, codename: string, resource: string, value: string): void {
  rowOnDocker(codename, async (t) => {
    const volumes = [volume([{ path: 'amount', resourceFieldRef: { containerName: 'tells', resource } }])];
    expect(await outputOf(t, podOf('told', [shell('tells', 'cat /etc/info/amount', { ...mounted, resources: limits })], { volumes }))).toBe(value);
  });
}

export function tellsAllocatable(volume: DownwardVolume, codename: string, resource: 'cpu' | 'memory'): void {
  rowOnDocker(codename, async (t) => {
    const volumes = [volume([{ path: 'amount', resourceFieldRef: { containerName: 'tells', resource: `limits.${resource}` } }])];
    const told = await outputOf(t, podOf('told', [shell('tells', 'cat /etc/info/amount', mounted)], { volumes }));
    const { spec } = await podFinished(t, 'told');
    const { status } = (await t.api(nodes).get(spec.nodeName!)) as Node;
    const amount = parseQuantity(status!.allocatable![resource]!);
    expect(told).toBe(String(resource === 'cpu' ? Math.ceil(toNumber(amount)) : quantityValue(amount)));
  });
}

export function tellsName(volume: DownwardVolume, codename: string): void {
  rowOnDocker(codename, async (t) => {
    expect(await outputOf(t, podOf('told', [shell('tells', 'cat /etc/info/name', mounted)], { volumes: [volume([podName])] }))).toBe('told');
  });
}

export function setsMode(volume: DownwardVolume, codename: string, by: 'default' | 'item'): void {
  rowOnDocker(codename, async (t) => {
    const volumes = [by === 'default' ? volume([podName], 0o400) : volume([{ ...podName, mode: 0o400 }])];
    expect(await outputOf(t, podOf('told', [shell('tells', 'stat -Lc %A /etc/info/name', mounted)], { volumes }))).toBe('-r--------\n');
  });
}

export function tellsChanges(volume: DownwardVolume, codename: string, field: 'labels' | 'annotations'): void {
  rowOnDocker(codename, async (t) => {
    const read = await holdMounted(t, [volume([{ path: field, fieldRef: { fieldPath: `metadata.${field}` } }])]);
    await t.api(pods).patch('holder', 'merge', { metadata: { [field]: { key: 'first' } } });
    await t.eventually(async () => (await read(`info/${field}`))?.includes('key="first"'));
    await t.api(pods).patch('holder', 'merge', { metadata: { [field]: { key: 'second' } } });
    await t.eventually(async () => (await read(`info/${field}`))?.includes('key="second"'));
  });
}
