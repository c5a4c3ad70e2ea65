import { Duplex, PassThrough, type Readable } from 'node:stream';
import type Docker from 'dockerode';
import { RuntimeFailure } from '../../port';
import { asFailure } from '../errors';
import { frames } from './frames';

/** How long the far end may go on sending after the near one has ended. */
const halfOpenSeconds = 300;

/** A connection to the loopback of a sandbox, made by socat in the node container; its complaint becomes the stream's error. */
export async function forwardPort(docker: Docker, nodeContainerId: string, sandboxPid: number, port: number): Promise<Duplex> {
  const command = ['/usr/bin/nsenter', '-t', String(sandboxPid), '-n', '/usr/bin/socat', '-t', String(halfOpenSeconds), '-', `TCP4:127.0.0.1:${port}`];
  return asFailure(async () => {
    const exec = await docker.getContainer(nodeContainerId).exec({ Cmd: command, AttachStdin: true, AttachStdout: true, AttachStderr: true });
    const stream = await exec.start({ hijack: true, stdin: true });
    stream.on('error', () => undefined);
    const output = new PassThrough();
    const connection = Duplex.from({ readable: output, writable: stream }) as Duplex;
    connection.on('close', () => stream.destroy());
    void split(stream, output);
    return connection;
  });
}

async function split(stream: Readable, output: PassThrough): Promise<void> {
  let complaint = '';
  try {
    for await (const { stream: which, data } of frames(stream)) {
      if (which === 'stderr') complaint += data.toString();
      else if (!output.write(data)) await new Promise((resolve) => output.once('drain', resolve).once('close', resolve));
    }
  } catch {
    // The connection was given up.
  }
  const reason = / E [^\n]*: ([^:\n]+)\n/.exec(complaint)?.[1];
  if (reason) output.destroy(new RuntimeFailure('Failed', reason));
  else output.end();
}
