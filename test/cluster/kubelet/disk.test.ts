import type { Pod, PodSpec } from '../../../src/api/generated/core.v1';
import { isDiskLimited, overDiskLimit, type DiskUse } from '../../../src/cluster/kubelet/decide/disk';
import { KubeletWorld, webPod } from './world';

const Mi = 2 ** 20;
const limited = (limit: string, name = 'web') => ({ name, resources: { limits: { 'ephemeral-storage': limit } } });
const pod = (containers: PodSpec['containers'], volumes: PodSpec['volumes'] = []): Pod => ({ metadata: { name: 'web' }, spec: { containers, volumes } });
const use = (containers: Record<string, number>, volumes: Record<string, number> = {}): DiskUse => ({ containers, volumes });
const scratch = (sizeLimit: string, medium?: string) => [{ name: 'scratch', emptyDir: { sizeLimit, ...(medium && { medium }) } }];

const rows: [title: string, pod: Pod, use: DiskUse, message: string | undefined][] = [
  ['no limit', pod([{ name: 'web' }]), use({ web: Mi }), undefined],
  ['within its limit', pod([limited('1Mi')]), use({ web: Mi }), undefined],
  ['beyond it', pod([limited('1Mi')]), use({ web: Mi + 1 }), 'Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. '],
  ['all containers together', pod([limited('1Mi'), limited('2Mi', 'other')]), use({ web: Mi, other: 2 * Mi }, { scratch: 1 }), 'Pod ephemeral local storage usage exceeds the total limit of containers 3Mi. '],
  ['one of them', pod([limited('1Mi'), limited('2Mi', 'other')]), use({ web: 2 * Mi }), 'Container web exceeded its local ephemeral storage limit "1Mi". '],
  ['an empty directory', pod([{ name: 'web' }], scratch('1Mi')), use({}, { scratch: 2 * Mi }), 'Usage of EmptyDir volume "scratch" exceeds the limit "1Mi". '],
  ['an empty directory within its limit', pod([{ name: 'web' }], scratch('1Mi')), use({}, { scratch: Mi }), undefined],
  ['one without a limit', pod([{ name: 'web' }], scratch('0')), use({}, { scratch: Mi }), undefined],
];

describe('limits of a pod on the disk of its node', () => {
  it.each(rows)('%s', (_, given, used, message) => expect(overDiskLimit(given, used)).toBe(message));

  it('are looked for on disk only', () => {
    expect(isDiskLimited(pod([{ name: 'web' }], scratch('1Mi', 'Memory')))).toBe(false);
    expect(isDiskLimited(pod([{ name: 'web' }], scratch('1Mi')))).toBe(true);
    expect(isDiskLimited(pod([limited('1Mi')]))).toBe(true);
  });

  it('drive it out when it passes one', async () => {
    const world = await KubeletWorld.start();
    await world.run('web', webPod(limited('1Mi')), { annotations: { 'knarr.dev/sim-disk': '2Mi' } });
    await world.run('modest', webPod(limited('1Mi')), { annotations: { 'knarr.dev/sim-disk': '1Mi' } });
    await world.pass(12_000);
    const message = 'Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. ';
    expect((await world.pod('web')).status).toMatchObject({ phase: 'Failed', reason: 'Evicted', message });
    expect(await world.events('web')).toContain(`Warning Evicted ${message}`);
    expect((await world.pod('modest')).status!.phase).toBe('Running');
    await world.stop();
  });
});
