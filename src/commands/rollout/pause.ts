import { VerbCommand } from '../../cli/command/verb-command';
import { rolloutChangeFlags } from '../../cli/verbs/rollout/flags';
import { rolloutPause } from '../../cli/verbs/rollout/change';

export default class RolloutPause extends VerbCommand {
  static override summary = 'Hold back changes of a deployment';
  static override synopsis = '(TYPE NAME | TYPE/NAME | -f FILE)';
  static override examples = ['knarr rollout pause deployment/web'];
  static override table = rolloutChangeFlags;

  async run(): Promise<void> {
    await this.runVerb(rolloutChangeFlags, rolloutPause);
  }
}
