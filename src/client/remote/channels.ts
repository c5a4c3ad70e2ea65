/** The first byte of each message (k8s.io/apimachinery/pkg/util/remotecommand). */
export const channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

/** v5 can close stdin, which v4 cannot. */
export const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
export const closesStdin = (protocol: string): boolean => protocol === 'v5.channel.k8s.io';

export function message(to: number, data: Uint8Array | string): Buffer {
  return Buffer.concat([Buffer.from([to]), Buffer.from(data as string)]);
}
