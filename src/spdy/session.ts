import { Duplex } from 'node:stream';
import { controlFrame, controlType, dataFrame, flagFin, FrameReader, words, type Frame } from './frames';
import { HeaderCodec, type Headers } from './headers';

/** RST_STREAM status of a stream that is refused or given up. */
const cancelled = 5;
const dataBytesMax = 32 * 1024;

/** One stream of a session. Ending one side leaves the other open. */
export class SpdyStream extends Duplex {
  /** The peer has said its last. */
  complete = false;

  constructor(readonly id: number, readonly headers: Headers, private readonly session: SpdySession) {
    super({ allowHalfOpen: true });
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    for (let at = 0; at < chunk.length; at += dataBytesMax) this.session.send(dataFrame(this.id, chunk.subarray(at, at + dataBytesMax)));
    this.session.drained(done);
  }

  override _final(done: () => void): void {
    this.session.send(dataFrame(this.id, Buffer.alloc(0), flagFin));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.session.forget(this, !this.readableEnded || !this.writableFinished);
    done(error);
  }
}

/**
 * One side of a SPDY connection over any Duplex. The client opens streams; on the other side `onStream` gets each one
 * once it is accepted.
 */
export class SpdySession {
  readonly #reader = new FrameReader();
  readonly #codec = new HeaderCodec();
  readonly #streams = new Map<number, SpdyStream>();
  /** Header blocks are inflated one after the other, and frames behind them wait. */
  #work: Promise<void> = Promise.resolve();
  /** Those that are sent leave in the order in which they were deflated. */
  #sent: Promise<void> = Promise.resolve();
  /** A client's streams have odd numbers. */
  #nextId = 1;

  constructor(private readonly transport: Duplex, private readonly onStream: (stream: SpdyStream) => void = () => undefined) {
    transport.on('data', (chunk: Buffer) => {
      this.#work = this.#work.then(() => this.#receive(chunk)).catch(() => void transport.destroy());
    });
    // What came before the end is still to be read.
    transport.once('close', () => void (this.#work = this.#work.then(() => this.#end())));
    transport.on('error', () => transport.destroy());
  }

  /** Opens a stream to the peer. Not to be used on the answering side. */
  async open(headers: Headers): Promise<SpdyStream> {
    const stream = this.#add(this.#nextId, headers);
    this.#nextId += 2;
    await this.#sendHeaders(controlType.synStream, words(stream.id, 0), Buffer.alloc(2), headers);
    return stream;
  }

  close(): void {
    this.transport.end();
  }

  send(frame: Buffer): void {
    if (!this.transport.destroyed && this.transport.writable) this.transport.write(frame);
  }

  /** Calls back when the transport takes more. */
  drained(done: () => void): void {
    if (this.transport.destroyed || !this.transport.writableNeedDrain) return done();
    const once = () => {
      this.transport.off('drain', once);
      this.transport.off('close', once);
      done();
    };
    this.transport.once('drain', once);
    this.transport.once('close', once);
  }

  forget(stream: SpdyStream, resets: boolean): void {
    if (this.#streams.delete(stream.id) && resets) this.send(controlFrame(controlType.rstStream, words(stream.id, cancelled)));
  }

  async #receive(chunk: Buffer): Promise<void> {
    for (const frame of this.#reader.read(chunk)) {
      if (frame.kind === 'data') this.#data(frame.streamId, frame.body, frame.flags);
      else await this.#control(frame);
    }
  }

  #data(streamId: number, body: Buffer, flags: number): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    if (body.length && !stream.push(body)) this.#pauseFor(stream);
    if (flags & flagFin) complete(stream);
  }

  /** All streams share one connection: without flow control a slow one holds up the others. */
  #pauseFor(stream: SpdyStream): void {
    this.transport.pause();
    stream._read = () => this.transport.resume();
  }

  async #control({ type, body, flags }: Extract<Frame, { kind: 'control' }>): Promise<void> {
    if (type === controlType.synStream) await this.#open(body, flags);
    else if (type === controlType.headers || type === controlType.synReply) await this.#codec.decode(body.subarray(4));
    else if (type === controlType.rstStream) this.#reset(body.readUInt32BE(0));
    else if (type === controlType.ping) this.send(controlFrame(controlType.ping, body));
  }

  async #open(body: Buffer, flags: number): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fffffff;
    const headers = await this.#codec.decode(body.subarray(10));
    const stream = this.#add(id, headers);
    await this.#sendHeaders(controlType.synReply, words(id), Buffer.alloc(0), {});
    if (flags & flagFin) complete(stream);
    this.onStream(stream);
  }

  #add(id: number, headers: Headers): SpdyStream {
    const stream = new SpdyStream(id, headers, this);
    stream.on('error', () => undefined);
    stream.once('close', () => this.transport.resume());
    this.#streams.set(id, stream);
    return stream;
  }

  #sendHeaders(type: number, ids: Buffer, priority: Buffer, headers: Headers): Promise<void> {
    this.#sent = this.#sent.then(async () => this.send(controlFrame(type, Buffer.concat([ids, priority, await this.#codec.encode(headers)]))));
    return this.#sent;
  }

  #reset(id: number): void {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    stream?.destroy();
  }

  #end(): void {
    for (const stream of [...this.#streams.values()]) if (!stream.complete) stream.destroy();
    this.#codec.close();
  }
}

function complete(stream: SpdyStream): void {
  stream.complete = true;
  stream.push(null);
}
