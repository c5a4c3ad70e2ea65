import { VerbCommand } from '../../cli/command/verb-command';
import { rolloutHistoryFlags } from '../../cli/verbs/rollout/flags';
import { rolloutHistory } from '../../cli/verbs/rollout/history';

export default class RolloutHistory extends VerbCommand {
  static override summary = 'List the revisions of a workload';
  static override synopsis = '(TYPE NAME | TYPE/NAME | -f FILE)';
  static override examples = ['knarr rollout history deployment/web', 'knarr rollout history deployment/web --revision=3'];
  static override table = rolloutHistoryFlags;

  async run(): Promise<void> {
    await this.runVerb(rolloutHistoryFlags, rolloutHistory);
  }
}
