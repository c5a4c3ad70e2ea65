import { Entry } from '../../../src/cluster/store/entry';

const object = (pad: number) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ä' }, data: { pad: 'x'.repeat(pad) } });

const made = (pad: number): [string, Entry][] => {
  const bytes = Buffer.from(JSON.stringify(object(pad)));
  const source = { bytes: () => bytes, text: () => bytes.toString(), size: () => bytes.length };
  return [
    ['an object', Entry.ofObject('key', 1, object(pad))],
    ['bytes', Entry.ofBytes('key', 1, bytes)],
    ['a source', Entry.ofSource('key', 1, source)],
  ];
};

describe.each([10, 4000])('a state of about %i bytes', (pad) => {
  test.each(made(pad))('made of %s: its bytes are its JSON, its line has a line feed behind them', (_, entry) => {
    const json = JSON.stringify(object(pad));
    expect(entry.line.toString()).toBe(`${json}\n`);
    expect(entry.bytes.toString()).toBe(json);
    expect(entry.size).toBe(Buffer.byteLength(json));
    expect(entry.object).toEqual(object(pad));
  });
});
