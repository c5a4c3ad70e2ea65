import type { Node } from '../../../api/generated/core.v1';
import type { Info } from '../../builder';
import { dryRunStrategy, type DryRun } from '../../dry-run';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { successPrinter } from '../../print/success';
import type { Session } from '../../session';
import type { cordonFlags } from './flags';
import { checkNodeArgs, nodesOf } from './nodes';

type Word = 'cordon' | 'uncordon';

/** After k8s.io/kubectl/pkg/cmd/drain. */
const verbOf = (word: Word) => async (session: Session, input: Input<typeof cordonFlags & GlobalFlags>): Promise<void> => {
  checkNodeArgs(input, word);
  const dryRun = dryRunStrategy(input.flags['dry-run'], session.streams.err);
  await setAllSchedulable(session, await nodesOf(session, input), word, dryRun);
};

/** What fails for one node is told, and the next one follows. */
export async function setAllSchedulable(session: Session, nodes: readonly Info[], word: Word, dryRun: DryRun): Promise<void> {
  for (const info of nodes) {
    try {
      const operation = await setSchedulable(session, info, word, dryRun);
      (await successPrinter({ flags: { output: '' }, out: session.streams.out, cwd: session.cwd, operation, dryRun }))(info.object);
    } catch (error) {
      session.streams.err.write(`error: unable to ${word} node ${JSON.stringify(info.name)}: ${(error as Error).message}\n`);
    }
  }
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
