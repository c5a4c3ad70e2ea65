import { KubeletWorld, webPod } from './world';

let world: KubeletWorld;
beforeEach(async () => {
  world = await KubeletWorld.start();
});
afterEach(() => world.stop());

describe('a pod', () => {
  it('runs and becomes ready', async () => {
    await world.run('web', webPod());
    await world.pass(1000);
    const { status } = await world.pod('web');
    expect(status).toMatchObject({ phase: 'Running', podIP: '10.244.0.2', podIPs: [{ ip: '10.244.0.2' }], hostIP: '172.30.0.2', qosClass: 'BestEffort' });
    console.log(JSON.stringify(status, null, 1), await world.events('web'), world.log);
  });
});
