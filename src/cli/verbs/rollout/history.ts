import type { PodTemplateSpec } from '../../../api/generated/core.v1';
import { createTabWriter, describeTabs } from '../../../api/tabwriter';
import { describePodTemplate } from '../../../kinds/describers';
import { forEachInfo } from '../../builder';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { objectPrinter } from '../../print/printer';
import { successPrinter } from '../../print/success';
import { escapeTerminal } from '../../print/table';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import type { RolloutHistoryFlags } from './flags';
import { historyOf, type Revision } from './revisions';
import { requireResource, visitWorkloads } from './workloads';

type HistoryInput = Input<RolloutHistoryFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/rollout/rollout_history.go. */
export async function rolloutHistory(session: Session, { flags, args }: HistoryInput): Promise<void> {
  requireResource(flags, args);
  const { revision } = flags;
  if (revision < 0) throw new Error(`revision must be a positive integer: ${revision}`);
  const { out } = session.streams;
  const visited = await visitWorkloads(session, flags, args);
  const printed = flags.output || flags.template ? await objectPrinter({ flags, out, cwd: session.cwd, keepOrder: true }) : undefined;
  throwAll(await forEachInfo(visited, async (info) => {
    const { revisions } = await historyOf(session, info, 'history', 'history viewer');
    const sorted = byNumber(revisions);
    if (printed) {
      for (const { object } of revision > 0 ? [found(sorted, revision)] : sorted) printed(await asTyped(object));
      return;
    }
    const operation = `${revision > 0 ? `with revision #${revision}` : ''}\n${historyText(sorted, revision)}`;
    (await successPrinter({ flags, out, cwd: session.cwd, operation, dryRun: 'none' }))(info.object);
  }));
}

/** Of several with one number the last counts. */
const byNumber = (revisions: readonly Revision[]): Revision[] =>
  [...new Map(revisions.map((each) => [each.number, each])).values()].sort((a, b) => a.number - b.number);

function found(revisions: readonly Revision[], number: number): Revision {
  const revision = revisions.find((each) => each.number === number);
  if (!revision) throw new Error('unable to find the specified revision');
  return revision;
}

function historyText(revisions: readonly Revision[], number: number): string {
  if (!revisions.length) return 'No rollout history found.';
  if (number > 0) return templateText(found(revisions, number).shown);
  const rows = revisions.map((each) => `${each.number}\t${each.changeCause || '<none>'}\n`);
  return createTabWriter(describeTabs)(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`);
}

/** The template as describe shows it; kubectl does not align it, so the tabs stay. */
export function templateText(template: PodTemplateSpec): string {
  const pieces: string[] = [];
  describePodTemplate((level, text) => pieces.push('  '.repeat(level) + text), template);
  return escapeTerminal(pieces.join(''));
}
