import { VerbCommand } from '../cli/command/verb-command';
import { replaceFlags } from '../cli/verbs/replace/flags';
import { replace } from '../cli/verbs/replace/replace';

export default class Replace extends VerbCommand {
  static override summary = 'Put the object of a file in the place of the old one';
  static override synopsis = '-f FILE';
  static override examples = ['knarr replace -f web.yaml', 'knarr replace --force -f web.yaml'];
  static override table = replaceFlags;

  async run(): Promise<void> {
    await this.runVerb(replaceFlags, replace);
  }
}
