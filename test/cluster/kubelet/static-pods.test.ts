import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestsIn, type Manifest } from '../../../src/cluster/kubelet/static-pods/manifests';
import { mirrorPod } from '../../../src/cluster/kubelet/static-pods/mirror';
import { KubeletWorld } from './world';

const second = 1000;
const node = { name: 'node-0', uid: 'n1' };
const manifest = (name: string, image = 'nginx:1.27'): Manifest => ({ file: `${name}.yaml`, text: `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  terminationGracePeriodSeconds: 1\n  containers: [{ name: web, image: '${image}' }]\n` });

describe('a mirror pod', () => {
  it('says whose it is', () => {
    const { metadata, spec } = mirrorPod(manifest('web'), node);
    expect(metadata).toMatchObject({ name: 'web-node-0', namespace: 'default', annotations: { 'kubernetes.io/config.source': 'file' }, ownerReferences: [{ kind: 'Node', name: 'node-0', uid: 'n1', controller: true }] });
    expect(metadata.annotations!['kubernetes.io/config.mirror']).toMatch(/^[0-9a-f]{32}$/);
    expect(spec).toMatchObject({ nodeName: 'node-0', tolerations: [{ operator: 'Exists', effect: 'NoExecute' }] });
  });

  it.each(['', 'kind: Service\napiVersion: v1', 'kind: Pod\napiVersion: v1\nmetadata: { name: a }'])('is not made of %j', (text) => {
    expect(() => mirrorPod({ file: 'a.yaml', text }, node)).toThrow('a.yaml holds no v1 Pod with a name and a spec');
  });
});

it('manifests are the files of a directory', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'manifests-'));
  const files = manifestsIn(join(directory, 'new'));
  expect(await files.read()).toEqual([]);
  for (const name of ['b', 'a', '.hidden']) writeFileSync(join(directory, 'new', name), name);
  expect(await files.read()).toEqual([{ file: 'a', text: 'a' }, { file: 'b', text: 'b' }]);
  rmSync(directory, { recursive: true });
});

describe('static pods', () => {
  let world: KubeletWorld;
  let found: Manifest[] = [];
  beforeEach(async () => {
    found = [manifest('web')];
    world = new KubeletWorld({ manifests: { read: () => Promise.resolve(found) } });
    await world.restart();
    await world.pass(second);
  });
  afterEach(() => world.stop());

  const state = async () => {
    const { metadata, spec, status } = await world.pod('web-node-0');
    return { uid: metadata.uid, image: spec.containers[0]!.image, phase: status?.phase };
  };

  it('run by themselves, and go on when their kubelet starts anew', async () => {
    const before = await state();
    expect(before).toMatchObject({ image: 'nginx:1.27', phase: 'Running' });
    await world.kubelet.stop();
    await world.restart();
    await world.pass(20 * second);
    expect(await state()).toEqual(before);
  });

  it('are made anew when their manifest changes', async () => {
    const { uid } = await state();
    found = [manifest('web', 'nginx:alpine')];
    await world.pass(20 * second);
    const changed = await state();
    expect(changed).toMatchObject({ image: 'nginx:alpine', phase: 'Running' });
    expect(changed.uid).not.toBe(uid);
  });

  it.each([['deletes', 30], ['deletes at once', 0]])('go on when somebody %s the object that stands for them', async (_, gracePeriodSeconds) => {
    const { uid } = await state();
    const [before] = await world.runtime.snapshot();
    await world.client.delete({ group: '', version: 'v1', plural: 'pods', namespaced: true }, 'web-node-0', 'default', { gracePeriodSeconds });
    await world.pass(20 * second);
    const after = await world.pod('web-node-0');
    expect(after.metadata.uid).not.toBe(uid);
    expect(after.metadata.deletionTimestamp).toBeUndefined();
    expect(after.status).toMatchObject({ phase: 'Running', podIP: before!.ip, containerStatuses: [{ restartCount: 0, ready: true }] });
    expect(await world.runtime.snapshot()).toEqual([before]);
  });

  it('end when the manifest goes after the object was deleted', async () => {
    await world.remove('web-node-0');
    found = [];
    await world.pass(20 * second);
    await expect(world.pod('web-node-0')).rejects.toThrow('not found');
    expect(await world.runtime.snapshot()).toEqual([]);
  });

  it('end with their manifest', async () => {
    found = [];
    await world.pass(20 * second);
    await expect(world.pod('web-node-0')).rejects.toThrow('not found');
    expect(await world.runtime.snapshot()).toEqual([]);
  });

  it('tell once what is wrong with one', async () => {
    found = [manifest('web'), { file: 'z.yaml', text: found[0]!.text }, { file: 'bad.yaml', text: 'a: b' }];
    await world.pass(20 * second);
    expect(world.log.filter((line) => line.includes('static pod'))).toEqual([
      'node node-0: static pod of z.yaml: web.yaml has a pod of the same name', 'node node-0: static pod of bad.yaml: bad.yaml holds no v1 Pod with a name and a spec',
    ]);
  });
});
