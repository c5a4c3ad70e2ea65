import { imagesToCollect, type CollectableImage, type Disk } from '../../../src/cluster/kubelet/decide/image-gc';
import { KubeletWorld, webPod } from './world';

const nowMs = 1_000_000;
const image = (reference: string, sizeBytes: number, idleMs: number, isUsed = false): CollectableImage => ({ reference, sizeBytes, lastUsedMs: nowMs - idleMs, isUsed });
const disk = (available: number): Disk => ({ capacity: 1000, available });
const idle = 200_000;

const rows: [title: string, disk: Disk, images: CollectableImage[], wanted: number, references: string[]][] = [
  ['there is room', disk(160), [image('a', 100, idle)], 0, []],
  ['the disk is nearly full: as much as brings it to the lower mark', disk(150), [image('a', 30, idle), image('b', 30, idle + 1), image('c', 30, idle + 2)], 50, ['c', 'b']],
  ['it is full', disk(0), [image('a', 10, idle)], 200, ['a']],
  ['images that are used stay', disk(0), [image('a', 300, idle, true), image('b', 10, idle)], 200, ['b']],
  ['young ones, too', disk(0), [image('a', 300, 119_999), image('b', 10, 120_000)], 200, ['b']],
  ['a disk that nobody knows', { capacity: 0, available: 0 }, [image('a', 10, idle)], 0, []],
];

it.each(rows)('%s', (_, given, images, wanted, references) => expect(imagesToCollect(given, images, nowMs)).toMatchObject({ wanted, references }));

describe('a kubelet on a disk that is nearly full', () => {
  const minute = 60_000;
  let world: KubeletWorld;
  let removed: string[];
  beforeEach(async () => {
    world = await KubeletWorld.start();
    removed = [];
    world.runtime.imageDisk = () => Promise.resolve({ capacity: 100_000_000, available: 5_000_000 });
    world.runtime.removeImage = (reference) => Promise.resolve(void removed.push(reference));
  });
  afterEach(() => world.stop());

  it('removes what it pulled once nothing runs of it, and tells when that was not enough', async () => {
    await world.run('kept', webPod({ image: 'kept:1', imagePullPolicy: 'Always' }));
    await world.run('gone', webPod({ image: 'gone:1', imagePullPolicy: 'Always' }));
    await world.run('present', webPod({ image: 'present:1' }));
    await world.pass(minute);
    for (const name of ['gone', 'present']) await world.remove(name, 0);
    await world.pass(6 * minute);
    expect(removed).toEqual(['gone:1']);
    expect(await world.events('node-0')).toEqual([]);
    await world.pass(5 * minute);
    expect(removed).toEqual(['gone:1']);
    expect(await world.events('node-0')).toEqual(['Warning FreeDiskSpaceFailed Failed to garbage collect required amount of images. Attempted to free 15000000 bytes, but only found 0 bytes eligible to free.']);
  });
});
