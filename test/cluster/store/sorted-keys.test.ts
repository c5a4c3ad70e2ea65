import fc from 'fast-check';
import { SortedKeys } from '../../../src/cluster/store/log/sorted-keys';

const key = fc.stringMatching(/^\/[ab]\/[a-c]{0,3}$/);

describe('SortedKeys', () => {
  it('agrees with a sorted set under any additions and removals', () => {
    fc.assert(fc.property(fc.array(key), fc.array(fc.tuple(fc.boolean(), key)), fc.constantFrom('', '/a/', '/a/b', '/b/'), key, (first, changes, prefix, startKey) => {
      const model = new Set(first);
      const keys = new SortedKeys(model);
      for (const [adds, each] of changes) {
        if (adds) keys.add(each);
        else keys.remove(each);
        if (adds) model.add(each);
        else model.delete(each);
      }
      const expected = [...model].sort().filter((each) => each.startsWith(prefix));
      expect(keys.under(prefix)).toEqual(expected);
      expect(keys.under(prefix, startKey)).toEqual(expected.filter((each) => each >= startKey));
    }));
  });

  it('keeps many in order, whatever the order they come in', () => {
    const all = Array.from({ length: 5000 }, (_, index) => `/pods/${String((index * 7919) % 5000).padStart(5, '0')}`);
    const keys = new SortedKeys();
    for (const each of all) keys.add(each);
    expect(keys.under('/pods/')).toEqual([...all].sort());
    for (const each of all.slice(0, 4000)) keys.remove(each);
    expect(keys.under('/pods/')).toEqual(all.slice(4000).sort());
    for (const each of all) keys.remove(each);
    expect(keys.under('')).toEqual([]);
    keys.add('/x');
    expect(keys.under('')).toEqual(['/x']);
  });
});
