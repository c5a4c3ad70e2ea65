import { VerbCommand } from '../../cli/command/verb-command';
import { setLastAppliedFlags } from '../../cli/verbs/apply/last-applied/flags';
import { setLastApplied } from '../../cli/verbs/apply/last-applied/set';

export default class ApplySetLastApplied extends VerbCommand {
  static override summary = 'Note a file as what was applied the last time';
  static override synopsis = '-f FILE';
  static override examples = ['knarr apply set-last-applied -f web.yaml --create-annotation'];
  static override table = setLastAppliedFlags;

  async run(): Promise<void> {
    await this.runVerb(setLastAppliedFlags, setLastApplied);
  }
}
