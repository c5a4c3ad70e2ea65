import { listenForApi } from '../../../src/cluster/daemon/ports';

const taken = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });

/** Listens on any port but these; the system's choice is 50000. */
const unless = (...ports: number[]) => (port: number) => (ports.includes(port) ? Promise.reject(taken) : Promise.resolve(port || 50000));

describe('the port of the API', () => {
  it.each<[string, number[], number | undefined, number | undefined, number]>([
    ['is the usual one', [], undefined, undefined, 6443],
    ['is that of the last start', [], undefined, 7000, 7000],
    ['is the usual one when that of the last start is taken', [7000], undefined, 7000, 6443],
    ['is any when both are taken', [7000, 6443], undefined, 7000, 50000],
    ['is the one that was asked for', [], 8000, 7000, 8000],
  ])('%s', async (_, others, asked, last, expected) => expect(await listenForApi(unless(...others), asked, last)).toBe(expected));

  it('is not another than the one that was asked for', async () => {
    await expect(listenForApi(unless(8000), 8000, 7000)).rejects.toThrow('the API cannot listen on 127.0.0.1:8000: another program listens there; choose another with --api-port');
  });
});
