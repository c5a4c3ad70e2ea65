import fc from 'fast-check';
import type { Endpoint, EndpointSlice } from '../../../../src/api/generated/discovery.v1';
import { pack, sliceSizeMax } from '../../../../src/kinds/discovery.k8s.io/endpointslice/packing';

const endpoint = (at: number): Endpoint => ({ addresses: [`10.0.${at >> 8}.${at & 255}`], targetRef: { kind: 'Pod', uid: String(at) } });
const slice = (name: string, members: readonly number[]): EndpointSlice => ({ metadata: { name }, addressType: 'IPv4', endpoints: members.map(endpoint) });
const uids = (endpoints: readonly Endpoint[]) => endpoints.map(({ targetRef }) => Number(targetRef!.uid));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const never = () => false;

describe('packing endpoints into slices', () => {
  it('leaves what is right', () => {
    const kept = slice('a', [1, 2]);
    const packing = pack([kept], [endpoint(2), endpoint(1)], never);
    expect(packing).toEqual({ kept: new Map([[kept, kept.endpoints]]), added: [] });
  });

  it('puts new ones where something changes anyway', () => {
    const [a, b] = [slice('a', [1, 2]), slice('b', [3])];
    const { kept } = pack([a, b], [endpoint(1), endpoint(3), endpoint(4)], never);
    expect([uids(kept.get(a)!), uids(kept.get(b)!)]).toEqual([[1, 4], [3]]);
  });

  it('else into the slice that they fill best', () => {
    const [a, b] = [slice('a', range(0, 20)), slice('b', range(100, 190))];
    const { kept, added } = pack([a, b], [...range(0, 20), ...range(100, 190), 500, 501].map(endpoint), never);
    expect([kept.get(a)!.length, kept.get(b)!.length, added.length]).toEqual([20, 92, 0]);
  });

  it('fills a slice that is empty, as it comes back from the server', () => {
    const empty = { ...slice('a', []), endpoints: null } as unknown as EndpointSlice;
    const { kept, added } = pack([empty], [endpoint(1)], never);
    expect([uids(kept.get(empty)!), added]).toEqual([[1], []]);
  });

  it('drops a slice that has become empty', () => {
    const [a, b] = [slice('a', [1]), slice('b', [2])];
    expect([...pack([a, b], [endpoint(2)], never).kept.keys()]).toEqual([b]);
  });

  it('places every endpoint once, in slices that are not too large', () => {
    const members = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 300 });
    fc.assert(fc.property(members, members, fc.integer({ min: 1, max: 100 }), (before, wanted, size) => {
      const slices = range(0, Math.ceil(before.length / size)).map((at) => slice(`s${at}`, before.slice(at * size, (at + 1) * size)));
      const { kept, added } = pack(slices, wanted.map(endpoint), never);
      const packed = [...kept.values(), ...added];
      expect(packed.flatMap(uids).sort((a, b) => a - b)).toEqual([...wanted].sort((a, b) => a - b));
      expect(packed.every((list) => list.length > 0 && list.length <= sliceSizeMax)).toBe(true);
    }), { numRuns: 50 });
  });
});
