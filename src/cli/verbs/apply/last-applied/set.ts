import { isReason } from '../../../../api/errors';
import type { Unstructured } from '../../../../api/meta';
import { collect, visit, type Info } from '../../../builder';
import { dryRunStrategy } from '../../../dry-run';
import { withSource } from '../../../errors';
import type { GlobalFlags } from '../../../flags/global';
import type { Input } from '../../../flags/spec';
import { configurationOf, lastApplied } from '../../../last-applied';
import { successPrinter } from '../../../print/success';
import type { Session } from '../../../session';
import { describeInfo } from '../patcher';
import { annotationPatch } from './annotation';
import type { setLastAppliedFlags } from './flags';

/** What one file says, and the object as it is. */
interface Change {
  readonly file: Info;
  readonly live: Unstructured;
}

/** After apply_set_last_applied.go: all are looked at before the first one is changed. */
export async function setLastApplied(session: Session, { flags }: Input<typeof setLastAppliedFlags & GlobalFlags>): Promise<void> {
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const print = await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'configured', dryRun });
  const { infos, errors } = await collect(await visit(session, { filenames: flags.filename, namespace: await session.namespace() }));
  const changes: Change[] = [];
  for (const file of infos) {
    const change = await changeOf(session, file, flags['create-annotation']);
    if (change) changes.push(change);
  }
  if (errors.length) throw errors[0];
  for (const { file, live } of changes) {
    const { resource, name, namespace, object } = file;
    const client = await session.client();
    print(dryRun === 'client' ? live : await client.patch<Unstructured>(resource, name, namespace, 'merge', annotationPatch(object), { dryRun: dryRun === 'server' }));
  }
}

async function changeOf(session: Session, file: Info, create: boolean): Promise<Change | undefined> {
  const live = await read(session, file);
  const before = lastApplied(live);
  if (before === undefined && !create) {
    throw new Error(`no last-applied-configuration annotation found on resource: ${file.name}, to create the annotation, run the command with --create-annotation`);
  }
  if (before?.trim() === configurationOf(file.object, { whole: true }).trim()) {
    session.streams.out.write(`set-last-applied ${file.name}: no changes required.\n`);
    return undefined;
  }
  return { file, live };
}

async function read(session: Session, info: Info): Promise<Unstructured> {
  try {
    return await (await session.client()).get<Unstructured>(info.resource, info.name, info.namespace);
  } catch (error) {
    if (isReason(error, 'NotFound')) throw error;
    throw withSource(`retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`, info.source, error);
  }
}
