import { VerbCommand } from '../../cli/command/verb-command';
import { apply } from '../../cli/verbs/apply/apply';
import { applyFlags } from '../../cli/verbs/apply/flags';

export default class Apply extends VerbCommand {
  static override summary = 'Create or change objects so that they are as a file says';
  static override synopsis = '-f FILE';
  static override examples = ['knarr apply -f web.yaml', 'cat web.yaml | knarr apply -f -', 'knarr apply -f web.yaml --dry-run=server'];
  static override table = applyFlags;

  async run(): Promise<void> {
    await this.runVerb(applyFlags, apply);
  }
}
