import type { Unstructured } from '../../../api/meta';
import { visit, type Info } from '../../builder';
import { usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { prunedObjects } from '../../prune/objects';
import { prunableResources } from '../../prune/resources';
import type { Session } from '../../session';
import { fileNameOf, makeSides, type Sides } from './directories';
import type { DiffFlags } from './flags';
import { masked } from './mask';
import { versionsOf, type Versions } from './merged';
import { runDiff } from './program';

type DiffInput = Input<DiffFlags & GlobalFlags>;

const serverSideManager = 'kubectl';

/** After k8s.io/kubectl/pkg/cmd/diff. */
export async function diff(session: Session, input: DiffInput): Promise<void> {
  validate(input);
  const sides = makeSides(session);
  try {
    await writeSides(session, input, sides);
    await runDiff(session, sides.live, sides.merged);
  } finally {
    sides.remove();
  }
}

function validate({ flags, args }: DiffInput): void {
  if (args.length) throw usageError('kubectl diff', `Unexpected args: [${args.join(' ')}]`);
  if (!flags.filename.length && !flags.kustomize) throw new Error('must specify one of -f and -k');
  if (flags['force-conflicts'] && !flags['server-side']) throw new Error('--force-conflicts only works with --server-side');
}

async function writeSides(session: Session, { flags, changed }: DiffInput, sides: Sides): Promise<void> {
  const uids = new Set<string>();
  const namespaces = new Set<string>();
  const serverSide = flags['server-side'];
  const options = {
    serverSide, force: flags['force-conflicts'],
    manager: serverSide && !changed.has('field-manager') ? serverSideManager : flags['field-manager'],
  };
  const { visited } = await visit(session, {
    filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, selector: flags.selector, namespace: await session.namespace(),
  });
  await atMost(flags.concurrency, visited, async (each) => {
    if ('error' in each) throw each.error;
    const { info } = each;
    const versions = await versionsOf(session, info, options);
    if (info.resource.namespaced) namespaces.add(info.namespace);
    if (versions.live?.metadata.uid) uids.add(versions.live.metadata.uid);
    writeVersions(sides, info, versions, flags['show-managed-fields']);
    warnIfDeleting(session, versions.live);
  });
  if (!flags.prune) return;
  const resources = await prunableResources(session, flags['prune-allowlist']);
  for await (const { object } of prunedObjects(session, { uids, namespaces }, resources, flags.selector)) {
    sides.write('live', fileNameOf(object), object);
  }
}

function writeVersions(sides: Sides, { object: local }: Info, { live, merged }: Versions, withManagedFields: boolean): void {
  const shown = (object: Unstructured) => (withManagedFields ? object : omitManagedFields(object));
  const pair: [Unstructured | undefined, Unstructured] = [live && shown(live), shown(merged)];
  const secret = merged.kind === 'Secret' && merged.apiVersion === 'v1';
  const [from, to] = secret ? masked(...pair) : pair;
  const name = fileNameOf(local);
  // kubectl writes the absence of a secret as a value.
  sides.write('live', name, from ?? (secret ? null : undefined));
  sides.write('merged', name, to);
}

function omitManagedFields(object: Unstructured): Unstructured {
  const { managedFields: _managed, ...metadata } = object.metadata;
  return { ...object, metadata } as Unstructured;
}

function warnIfDeleting({ streams }: Session, object: Unstructured | undefined): void {
  if (!object?.metadata.deletionTimestamp) return;
  streams.err.write(`Warning: Detected changes to resource ${object.metadata.name} which is currently being deleted.\n`);
}

/** Takes items as they come, so many at once; the first failure is thrown after what had begun has ended. */
async function atMost<T>(limit: number, items: AsyncIterable<T>, act: (item: T) => Promise<void>): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    const task: Promise<void> = act(item).catch((error: unknown) => void failures.push(error)).finally(() => running.delete(task));
    running.add(task);
    if (running.size >= Math.max(1, limit)) await Promise.race(running);
    if (failures.length) break;
  }
  await Promise.all(running);
  if (failures.length) throw failures[0];
}
