import type { Writable } from 'node:stream';
import { extract } from 'tar-stream';
import { ExitError } from '../../errors';
import { runInPod } from '../../pods/enter';
import type { Session } from '../../session';
import type { CopyOptions } from './options';
import { archivePrefix, type FileSpec } from './spec';
import { unpack } from './unpack';

/** After copyFromPod in k8s.io/kubectl/pkg/cmd/cp. */
export async function copyFromPod(session: Session, from: FileSpec, to: FileSpec, options: CopyOptions): Promise<void> {
  const archive = extract();
  const written = unpack(archive, { prefix: archivePrefix(from.path), destination: to.path, cwd: session.cwd, ...warnings(session, from) });
  const received = receive(session, from, options, archive as unknown as Sink).then(() => void (archive as unknown as Writable).end(), (error: Error) => {
    archive.destroy(error);
    throw error;
  });
  const [unpacked, sent] = await Promise.allSettled([written, received]);
  if (sent.status === 'rejected') throw sent.reason;
  if (unpacked.status === 'rejected') throw toGoError(unpacked.reason as Error);
}

type Sink = { write(chunk: string | Uint8Array): boolean; once(event: 'drain', listener: () => void): unknown; destroyed: boolean };

/** Passes the archive on, and goes on where it was cut off as often as that is allowed. */
async function receive(session: Session, from: FileSpec, { container, retries, namespace }: CopyOptions, archive: Sink): Promise<void> {
  const { out } = session.streams;
  const tail = createTail();
  const counted = {
    write: (chunk: string | Uint8Array) => {
      tail.see(chunk as Uint8Array);
      return archive.destroyed || archive.write(chunk);
    },
    once: (_event: 'drain', listener: () => void) => archive.once('drain', listener),
  };
  for (let retry = 0; ; ) {
    const command = retries ? ['sh', '-c', `tar cf - ${from.path} | tail -c+${retry ? tail.bytes() + 1 : 0}`] : ['tar', 'cf', '-', from.path];
    const failure = await runInPod(session, { namespace: from.namespace || namespace, name: from.pod, container, command, out: counted, err: out }).then(() => undefined, (error: unknown) => error);
    // A command that ended by itself with an error would do so again.
    if (failure instanceof ExitError || (failure && !tail.bytes())) throw failure;
    if (tail.isEnd()) return;
    if (retries >= 0 && retry >= retries) {
      out.write(`Dropping out copy after ${retry} retries\n`);
      if (failure) throw failure;
      return;
    }
    out.write(`Resuming copy at ${tail.bytes()} bytes, retry ${++retry}/${retries}\n`);
  }
}

/** Looks at a stream from behind: an archive ends with two empty blocks. */
function createTail() {
  const endBytes = 1024;
  let last: Buffer = Buffer.alloc(0);
  let bytes = 0;
  return {
    see(chunk: Uint8Array): void {
      bytes += chunk.length;
      last = Buffer.concat([last, chunk]).subarray(-endBytes);
    },
    bytes: () => bytes,
    isEnd: () => last.length === endBytes && last.every((byte) => byte === 0),
  };
}

const toGoError = (error: Error): Error => (error.message === 'Unexpected end of data' ? new Error('unexpected EOF') : error);

function warnings({ streams }: Session, { namespace, pod, path }: FileSpec) {
  const warn = (text: string) => void streams.err.write(`warning: ${text}\n`);
  let advised = false;
  return {
    outside: (file: string) => warn(`file ${JSON.stringify(file)} is outside target destination, skipping`),
    symlink(file: string, target: string) {
      const [ns, name, source] = [namespace, pod, path].map((each) => JSON.stringify(each));
      const advice = advised ? '' : ` (consider using "kubectl exec -n ${ns} ${name} -- tar cf - ${source} | tar xf -")`;
      advised = true;
      warn(`skipping symlink: ${JSON.stringify(file)} -> ${JSON.stringify(target)}${advice}`);
    },
  };
}
