import { VerbCommand } from '../../cli/command/verb-command';
import { rolloutUndoFlags } from '../../cli/verbs/rollout/flags';
import { rolloutUndo } from '../../cli/verbs/rollout/undo';

export default class RolloutUndo extends VerbCommand {
  static override summary = 'Go back to an earlier revision';
  static override synopsis = '(TYPE NAME | TYPE/NAME | -f FILE)';
  static override examples = ['knarr rollout undo deployment/web', 'knarr rollout undo deployment/web --to-revision=3'];
  static override table = rolloutUndoFlags;

  async run(): Promise<void> {
    await this.runVerb(rolloutUndoFlags, rolloutUndo);
  }
}
