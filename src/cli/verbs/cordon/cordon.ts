import type { Node } from '../../../api/generated/core.v1';
import { collect, visit, type Info } from '../../builder';
import { dryRunStrategy, type DryRun } from '../../dry-run';
import { usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import type { cordonFlags } from './flags';

type CordonInput = Input<typeof cordonFlags & GlobalFlags>;
type Word = 'cordon' | 'uncordon';

/** After RunCordonOrUncordon in k8s.io/kubectl/pkg/cmd/drain: what fails for one node is told, and the next one follows. */
const verbOf = (word: Word) => async (session: Session, input: CordonInput): Promise<void> => {
  const dryRun = dryRunStrategy(input.flags['dry-run'], session.streams.err);
  for (const info of await nodesOf(session, input, word)) {
    try {
      const operation = await setSchedulable(session, info, word, dryRun);
      (await successPrinter({ flags: { output: '' }, out: session.streams.out, cwd: session.cwd, operation, dryRun }))(info.object);
    } catch (error) {
      session.streams.err.write(`error: unable to ${word} node ${JSON.stringify(info.name)}: ${(error as Error).message}\n`);
    }
  }
};

/** The nodes that the arguments or the selector name. The first one that is not there ends the command. */
async function nodesOf(session: Session, { flags, args, changed }: CordonInput, word: Word): Promise<Info[]> {
  const command = `kubectl ${word}`;
  if (!args.length && !changed.has('selector')) throw usageError(command, `error: USAGE: ${word} NODE [flags]`);
  if (args.length && flags.selector) throw usageError(command, 'error: cannot specify both a node name and a --selector option');
  const names = args.map((name) => (name.includes('/') ? name : `nodes/${name}`));
  const { infos, errors } = await collect(await visit(session, {
    args: args.length ? names : ['nodes'], selector: flags.selector, namespace: await session.namespace(), singleType: true, emptySelectorMeansAll: true,
  }));
  if (errors.length) throw errors[0];
  const other = infos.find(({ resource }) => resource.kind !== 'Node');
  if (other) throw new Error(`error: expected resource of type node, got ${JSON.stringify(`${other.resource.group}/${other.resource.version}, Resource=${other.resource.plural}`)}`);
  return infos;
}

async function setSchedulable(session: Session, { resource, name, object }: Info, word: Word, dryRun: DryRun): Promise<string> {
  const wanted = word === 'cordon';
  if (((object as unknown as Node).spec?.unschedulable ?? false) === wanted) return `already ${word}ed`;
  const patch = { spec: { unschedulable: wanted || null } };
  if (dryRun !== 'client') await (await session.client()).patch(resource, name, undefined, 'strategic', patch, { dryRun: dryRun === 'server' });
  return `${word}ed`;
}

export const cordon = verbOf('cordon');
export const uncordon = verbOf('uncordon');
