import { collect, visit, type Info } from '../../builder';
import { usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import type { cordonFlags } from './flags';

export type NodeInput = Input<typeof cordonFlags & GlobalFlags>;

/** Nodes are named, or chosen by their labels. */
export function checkNodeArgs({ flags, args, changed }: NodeInput, word: string): void {
  if (!args.length && !changed.has('selector')) throw usageError(`kubectl ${word}`, `error: USAGE: ${word} NODE [flags]`);
  if (args.length && flags.selector) throw usageError(`kubectl ${word}`, 'error: cannot specify both a node name and a --selector option');
}

/** The nodes that the arguments or the selector name. The first one that is not there ends the command. */
export async function nodesOf(session: Session, { flags, args }: NodeInput): Promise<Info[]> {
  const names = args.map((name) => (name.includes('/') ? name : `nodes/${name}`));
  const { infos, errors } = await collect(await visit(session, {
    args: args.length ? names : ['nodes'], selector: flags.selector, namespace: await session.namespace(), singleType: true, emptySelectorMeansAll: true,
  }));
  if (errors.length) throw errors[0];
  const other = infos.find(({ resource }) => resource.kind !== 'Node');
  if (other) throw new Error(`error: expected resource of type node, got ${JSON.stringify(`${other.resource.group}/${other.resource.version}, Resource=${other.resource.plural}`)}`);
  return infos;
}
