import { VerbCommand } from '../../cli/command/verb-command';
import { rolloutChangeFlags } from '../../cli/verbs/rollout/flags';
import { rolloutResume } from '../../cli/verbs/rollout/change';

export default class RolloutResume extends VerbCommand {
  static override summary = 'Roll out what was held back';
  static override synopsis = '(TYPE NAME | TYPE/NAME | -f FILE)';
  static override examples = ['knarr rollout resume deployment/web'];
  static override table = rolloutChangeFlags;

  async run(): Promise<void> {
    await this.runVerb(rolloutChangeFlags, rolloutResume);
  }
}
