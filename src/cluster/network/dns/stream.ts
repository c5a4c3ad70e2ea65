import type { Readable } from 'node:stream';

/** DNS over TCP puts two bytes of length in front of each message (RFC 1035, 4.2.2). */
export function withLength(message: Buffer): Buffer {
  const framed = Buffer.alloc(2 + message.length);
  framed.writeUInt16BE(message.length, 0);
  message.copy(framed, 2);
  return framed;
}

export function splitMessages(stream: Readable, onMessage: (message: Buffer) => void): void {
  let pending: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    pending = pending.length ? Buffer.concat([pending, chunk]) : chunk;
    while (pending.length >= 2) {
      const end = 2 + pending.readUInt16BE(0);
      if (pending.length < end) return;
      const message = pending.subarray(2, end);
      pending = pending.subarray(end);
      onMessage(message);
    }
  });
}
