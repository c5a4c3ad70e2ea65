import { connect, type Socket } from 'node:net';
import { ApiError } from '../../../../src/api/errors';
import type { NodeAgent } from '../../../../src/cluster/apiserver/node-agent';

/** A node whose containers do what their command says: echo, cat, exit CODE, size, fail. */
export const scriptedAgent: NodeAgent = {
  async *logs(_pod, { container, tailLines, follow }) {
    yield Buffer.from(`${container} tail=${tailLines} follow=${follow}\n`);
    yield Buffer.from('second line\n');
  },
  async exec(_pod, { command: [name, ...rest] }, streams) {
    if (name === 'fail') throw new ApiError('InternalError', 'Internal error occurred: no such thing');
    if (name === 'exit') return { code: Number(rest[0]) };
    if (name === 'cat') for await (const chunk of streams.stdin!) streams.stdout!.write(chunk);
    if (name === 'echo') {
      await new Promise((resolve) => streams.stdout!.write(`${rest.join(' ')}\n`, resolve));
      await new Promise((resolve) => streams.stderr!.write('to stderr\n', resolve));
    }
    return { code: 0 };
  },
  async attach(pod, options, streams) {
    return scriptedAgent.exec(pod, { ...options, command: ['cat'] }, streams);
  },
  samples: () => Promise.resolve([]),
  portForward: (_pod, port) => dial(port),
  dial: (_address, port) => dial(port),
};

function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}
