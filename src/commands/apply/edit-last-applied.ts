import { VerbCommand } from '../../cli/command/verb-command';
import { editLastAppliedFlags } from '../../cli/verbs/apply/last-applied/flags';
import { editLastApplied } from '../../cli/verbs/apply/last-applied/edit';

export default class ApplyEditLastApplied extends VerbCommand {
  static override summary = 'Edit what was applied the last time';
  static override synopsis = '(TYPE/NAME | -f FILE)';
  static override examples = ['knarr apply edit-last-applied deployment/web'];
  static override table = editLastAppliedFlags;

  async run(): Promise<void> {
    await this.runVerb(editLastAppliedFlags, editLastApplied);
  }
}
