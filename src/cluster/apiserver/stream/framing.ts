/** How the channels of a WebSocket share its messages. Source: k8s.io/apimachinery/pkg/util/httpstream/wsstream. */
export interface Framing {
  pack(channel: number, content: Buffer): Buffer | string;
  /** Undefined for what is no message of a channel. */
  unpack(message: Buffer): { channel: number; content: Buffer } | undefined;
}

/** The channel is the first byte. */
const binary: Framing = {
  pack: (channel, content) => Buffer.concat([Buffer.from([channel]), content]),
  unpack: (message) => (message.length ? { channel: message[0]!, content: message.subarray(1) } : undefined),
};

const zero = '0'.charCodeAt(0);

/** The channel is a digit, the rest base64: for clients that cannot send bytes. */
const base64: Framing = {
  pack: (channel, content) => `${String.fromCharCode(zero + channel)}${content.toString('base64')}`,
  unpack: (message) => (message.length ? { channel: message[0]! - zero, content: Buffer.from(message.toString('latin1', 1), 'base64') } : undefined),
};

/** Of a subprotocol: `v4.channel.k8s.io`, `base64.channel.k8s.io`. */
export const framingOf = (protocol: string): Framing => (protocol.includes('base64') ? base64 : binary);
