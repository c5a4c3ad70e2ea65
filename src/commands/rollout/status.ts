import { VerbCommand } from '../../cli/command/verb-command';
import { rolloutStatusFlags } from '../../cli/verbs/rollout/flags';
import { rolloutStatus } from '../../cli/verbs/rollout/status';

export default class RolloutStatus extends VerbCommand {
  static override summary = 'Tell how far a rollout is';
  static override synopsis = '(TYPE NAME | TYPE/NAME | -f FILE)';
  static override examples = ['knarr rollout status deployment/web', 'knarr rollout status deployment/web --watch=false'];
  static override table = rolloutStatusFlags;

  async run(): Promise<void> {
    await this.runVerb(rolloutStatusFlags, rolloutStatus);
  }
}
