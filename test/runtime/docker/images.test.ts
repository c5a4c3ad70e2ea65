import { execFileSync } from 'node:child_process';
import type { Runtime } from '../../../src/runtime/port';
import { describeWithEngine } from '../../support/engine';
import { dockerHarness, type Harness } from '../harness';

jest.setTimeout(60_000);

describeWithEngine('images on Docker', () => {
  let harness: Harness;
  let runtime: Runtime;
  beforeAll(async () => {
    harness = await dockerHarness('images');
    runtime = harness.runtime;
  });
  afterAll(() => harness?.close());

  it('lie on a disk of which the engine tells', async () => {
    const disk = await runtime.imageDisk();
    expect(disk).toEqual({ capacity: expect.any(Number), available: expect.any(Number) });
    expect(disk!.available).toBeLessThan(disk!.capacity);
  });

  it('are removed by name, once', async () => {
    const name = `knarr-test/removed:${process.pid}`;
    execFileSync('docker', ['tag', harness.image, name]);
    expect(await runtime.imageStatus(name)).toBeDefined();
    await runtime.removeImage(name);
    await runtime.removeImage(name);
    expect(await runtime.imageStatus(name)).toBeUndefined();
    expect(await runtime.imageStatus(harness.image)).toBeDefined();
  });
});
