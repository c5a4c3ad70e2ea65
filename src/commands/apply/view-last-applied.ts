import { VerbCommand } from '../../cli/command/verb-command';
import { viewLastAppliedFlags } from '../../cli/verbs/apply/last-applied/flags';
import { viewLastApplied } from '../../cli/verbs/apply/last-applied/view';

export default class ApplyViewLastApplied extends VerbCommand {
  static override summary = 'Show what was applied the last time';
  static override synopsis = '(TYPE [NAME | -l SELECTOR] | TYPE/NAME | -f FILE)';
  static override examples = ['knarr apply view-last-applied deployment/web'];
  static override table = viewLastAppliedFlags;

  async run(): Promise<void> {
    await this.runVerb(viewLastAppliedFlags, viewLastApplied);
  }
}
