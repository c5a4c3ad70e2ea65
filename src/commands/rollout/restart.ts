import { VerbCommand } from '../../cli/command/verb-command';
import { rolloutChangeFlags } from '../../cli/verbs/rollout/flags';
import { rolloutRestart } from '../../cli/verbs/rollout/change';

export default class RolloutRestart extends VerbCommand {
  static override summary = 'Replace the pods of a workload one after the other';
  static override synopsis = '(TYPE NAME | TYPE/NAME | -f FILE)';
  static override examples = ['knarr rollout restart deployment/web', 'knarr rollout restart deployment -l app=web'];
  static override table = rolloutChangeFlags;

  async run(): Promise<void> {
    await this.runVerb(rolloutChangeFlags, rolloutRestart);
  }
}
