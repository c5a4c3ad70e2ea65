import type { ApiResource } from '../../../client/discovery';
import { successPrinter } from '../../print/success';
import { prunedObjects, type Pruned, type Seen } from '../../prune/objects';
import type { Session } from '../../session';
import { prunedText, type ApplySet } from './applyset/applyset';
import type { ApplyInput, ApplyPlan } from './options';

/** `--prune` by labels. */
export async function pruneLabelled(session: Session, { flags }: ApplyInput, plan: ApplyPlan, resources: readonly ApiResource[], seen: Seen): Promise<void> {
  for await (const pruned of prunedObjects(session, seen, resources, flags.selector)) {
    await prune(session, flags, plan, pruned, (why) => {
      const { group, version, kind, namespaced } = pruned.resource;
      return `error pruning ${namespaced ? 'namespaced' : 'nonNamespaced'} object ${group}/${version}, Kind=${kind}: ${why}`;
    });
  }
}

/** `--prune --applyset`: all are found before the first one goes. */
export async function pruneSet(session: Session, { flags }: ApplyInput, plan: ApplyPlan, set: ApplySet, uids: ReadonlySet<string>): Promise<void> {
  const found: Pruned[] = [];
  for await (const pruned of set.pruned(uids)) found.push(pruned);
  for (const pruned of found) await prune(session, flags, plan, pruned, (why) => `pruning ${prunedText(pruned)}: ${why}`);
  await set.end();
}

async function prune(session: Session, flags: ApplyInput['flags'], { dryRun, removal }: ApplyPlan, { resource, object }: Pruned, worded: (why: string) => string): Promise<void> {
  if (dryRun !== 'client') {
    const client = await session.client();
    const { name, namespace } = object.metadata;
    const options = { ...removal, ...(dryRun === 'server' && { dryRun: ['All'] }) };
    await client.delete(resource, name, namespace, options).catch((error: unknown) => {
      throw new Error(worded((error as Error).message));
    });
  }
  (await successPrinter({ flags, out: session.streams.out, cwd: session.cwd, operation: 'pruned', dryRun }))(object);
}
