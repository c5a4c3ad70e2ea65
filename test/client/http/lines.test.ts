import fc from 'fast-check';
import { lines } from '../../../src/client/http/watch';

async function* chunks(parts: Uint8Array[]) {
  yield* parts;
}

test('lines do not depend on how the bytes arrive', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''))), fc.array(fc.nat(40)), async (texts, cuts) => {
    const bytes = Buffer.from(texts.map((text) => `${text}\n`).join('') + 'rest without an end');
    const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
    const parts = bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end));
    const read: string[] = [];
    for await (const line of lines(chunks(parts))) read.push(line);
    expect(read).toEqual(texts.map((text) => Buffer.from(text).toString()));
  }));
});
