import { statSync } from 'node:fs';
import { basename, normalize, posix, resolve } from 'node:path';
import { runInPod, type CommandInPod } from '../../pods/enter';
import type { Session } from '../../session';
import type { CopyOptions } from './options';
import { packed } from './pack';
import type { FileSpec } from './spec';

/** How long the question may take whether the destination is a folder. */
const askMs = 10_000;

/** After copyToPod in k8s.io/kubectl/pkg/cmd/cp. */
export async function copyToPod(session: Session, from: FileSpec, to: FileSpec, { container, preserve, namespace }: CopyOptions): Promise<void> {
  if (!statSync(resolve(session.cwd, from.path), { throwIfNoEntry: false })) throw new Error(`${from.path} doesn't exist in local filesystem`);
  const where = { namespace: to.namespace || namespace, name: to.pod, container };
  const target = await isDirectory(session, where, to.path) ? posix.join(to.path, basename(from.path)) : posix.normalize(to.path);
  const command = ['tar', ...(preserve ? [] : ['--no-same-permissions', '--no-same-owner']), '-xmf', '-', '-C', posix.dirname(target)];
  await runInPod(session, {
    ...where, command,
    stdin: await packed(normalize(from.path), session.cwd, posix.basename(target)), out: session.streams.out, err: session.streams.err,
  });
}

/** What cannot be found out counts as no: the copy itself will tell what is wrong. */
async function isDirectory(session: Session, where: Pick<CommandInPod, 'namespace' | 'name' | 'container'>, path: string): Promise<boolean> {
  const discard = { write: () => true };
  const patience = AbortSignal.timeout(askMs);
  try {
    await runInPod(session, { ...where, command: ['test', '-d', path], out: discard, err: discard, signal: AbortSignal.any([patience, session.signal]) });
    if (!patience.aborted) return true;
  } catch {
    if (!patience.aborted) return false;
  }
  throw new Error('context deadline exceeded');
}
