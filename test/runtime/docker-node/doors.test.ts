import { createServer, type Server } from 'node:net';
import { Doors } from '../../../src/runtime/docker/node/doors';

/** The kernel's part is shown on a real engine (engine.test.ts); here the machine's own ports stand for it. */
describe('doors to pods', () => {
  const scripts: string[] = [];
  const nft = { run: (script: string) => Promise.resolve(void scripts.push(script)).then(() => '') };
  const options = { nft, address: '127.0.0.1', podCIDR: '10.244.3.0/24', from: '127.0.0.1' };
  let first: Server;
  beforeAll((done) => { first = createServer((socket) => void socket.on('error', () => undefined).end()).listen(61_001, '127.0.0.1', done); });
  afterAll((done) => { first.close(done); });
  beforeEach(() => { scripts.length = 0; });

  it('are not there where they cannot be passed', async () => {
    expect(await Doors.open({ ...options, address: '127.0.0.2' }, 10_247)).toBeUndefined();
    expect(await Doors.open({ ...options, nft: { run: () => Promise.reject(new Error('no nft')) } }, 80)).toBeUndefined();
  });

  it('lead to pods of the node', async () => {
    const doors = (await Doors.open(options, 10_247))!;
    expect(['10.244.3.1', '10.244.3.255', '10.244.4.1', '10.96.0.1', '::1', 'web'].filter((address) => doors.leadTo(address))).toEqual(['10.244.3.1', '10.244.3.255']);
    expect(scripts[0]).toContain('ct mark set 0x6b6e dnat');
    expect(scripts[1]).toBe('add element ip knarr-doors doors { 61001 : 127.0.0.1 . 10247 }');
  });

  it('are made once for each address and port, and fail in its name', async () => {
    const doors = (await Doors.open(options, 10_247))!;
    scripts.length = 0;
    const refused = { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 10.244.3.7:80' };
    await Promise.all([1, 2, 3].map(() => expect(doors.dial('10.244.3.7', 80)).rejects.toMatchObject(refused)));
    expect(scripts).toEqual(['add element ip knarr-doors doors { 61002 : 10.244.3.7 . 80 }']);
  });

  it('are given to another when there are too many: the one used longest ago', async () => {
    const doors = (await Doors.open(options, 10_247))!;
    const knock = (address: string, port: number) => doors.dial(address, port).then((socket) => void socket.destroy(), () => undefined);
    for (let port = 1; port < 4096; port++) await knock('10.244.3.7', port);
    (await doors.dial('127.0.0.1', 10_247)).destroy();
    scripts.length = 0;
    await knock('10.244.3.8', 80);
    expect(scripts).toEqual(['delete element ip knarr-doors doors { 61002 : 10.244.3.7 . 1 }\nadd element ip knarr-doors doors { 61002 : 10.244.3.8 . 80 }']);
    await knock('10.244.3.8', 80);
    await knock('10.244.3.7', 2);
    expect(scripts).toHaveLength(1);
  });
});
