import { Duplex } from 'node:stream';
import { dictionary } from '../../src/spdy/dictionary';
import { controlFrame, controlType, dataFrame, flagFin, FrameReader, words, type Frame } from '../../src/spdy/frames';
import { HeaderCodec } from '../../src/spdy/headers';
import { SpdySession, type SpdyStream } from '../../src/spdy/session';

/** Two ends of one connection. */
function pair(): [Duplex, Duplex] {
  const make = (other: () => Duplex) => new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) { other().push(chunk); done(); },
    final(done) { other().push(null); done(); },
  });
  const left: Duplex = make(() => right);
  const right: Duplex = make(() => left);
  return [left, right];
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

async function world() {
  const [client, transport] = pair();
  const streams: SpdyStream[] = [];
  new SpdySession(transport, (stream) => void streams.push(stream));
  const codec = new HeaderCodec();
  const frames: Frame[] = [];
  const reader = new FrameReader();
  client.on('data', (chunk: Buffer) => void frames.push(...reader.read(chunk)));
  const open = async (id: number, headers: Record<string, string>, flags = 0) => {
    client.write(controlFrame(controlType.synStream, Buffer.concat([words(id, 0), Buffer.from([0, 0]), await codec.encode(headers)]), flags));
    await until(() => streams.at(-1)?.id === id);
    return streams.at(-1)!;
  };
  return { client, streams, frames, open };
}

test('the dictionary has the length of the protocol draft', () => {
  expect(dictionary).toHaveLength(1423);
});

test('headers travel through one zlib stream in each direction', async () => {
  const [ours, theirs] = [new HeaderCodec(), new HeaderCodec()];
  for (const headers of [{ streamtype: 'error', port: '80' }, { streamtype: 'data', port: '80' }, {}] as Record<string, string>[]) {
    expect(await theirs.decode(await ours.encode(headers))).toEqual(headers);
  }
  ours.close();
  theirs.close();
});

test('frames are cut from any chunks', () => {
  const bytes = Buffer.concat([dataFrame(3, Buffer.from('hello'), flagFin), controlFrame(controlType.ping, words(7))]);
  const reader = new FrameReader();
  const frames = [...bytes].flatMap((byte) => reader.read(Buffer.from([byte])));
  expect(frames).toEqual([
    { kind: 'data', streamId: 3, flags: 1, body: Buffer.from('hello') },
    { kind: 'control', type: 6, flags: 0, body: words(7) },
  ]);
  expect(() => new FrameReader().read(Buffer.from([0x80, 2, 0, 1, 0, 0, 0, 0]))).toThrow('SPDY version 2');
  expect(() => new FrameReader().read(Buffer.from([0, 0, 0, 1, 0, 0xff, 0xff, 0xff]))).toThrow('16777215 bytes');
});

test('streams are accepted, carry bytes both ways and close side by side', async () => {
  const { client, frames, open } = await world();
  const stream = await open(1, { streamtype: 'data', port: '80' });
  expect(stream.headers).toEqual({ streamtype: 'data', port: '80' });
  expect(frames[0]).toMatchObject({ kind: 'control', type: controlType.synReply });
  client.write(dataFrame(1, Buffer.from('question')));
  client.write(dataFrame(1, Buffer.alloc(0), flagFin));
  let text = '';
  stream.on('data', (chunk) => (text += String(chunk)));
  await new Promise((resolve) => stream.once('end', resolve));
  expect(text).toBe('question');
  stream.end('answer');
  await until(() => frames.length === 3);
  expect(frames.slice(1)).toMatchObject([{ kind: 'data', body: Buffer.from('answer') }, { kind: 'data', flags: flagFin }]);
});

test('a ping is answered, a reset ends the stream, a broken peer the connection', async () => {
  const { client, frames, open, streams } = await world();
  client.write(controlFrame(controlType.ping, words(1)));
  await until(() => frames.length === 1);
  expect(frames).toMatchObject([{ kind: 'control', type: controlType.ping, body: words(1) }]);
  const stream = await open(1, {});
  client.write(controlFrame(controlType.rstStream, words(1, 5)));
  await until(() => stream.destroyed);
  const other = await open(3, {});
  client.write(Buffer.from([0x80, 9, 0, 1, 0, 0, 0, 0]));
  await until(() => other.destroyed);
  expect(streams).toEqual([stream, other]);
});
