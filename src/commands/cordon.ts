import { VerbCommand } from '../cli/command/verb-command';
import { cordon } from '../cli/verbs/cordon/cordon';
import { cordonFlags } from '../cli/verbs/cordon/flags';

export default class Cordon extends VerbCommand {
  static override summary = 'Keep new pods off nodes';
  static override synopsis = 'NODE … | -l SELECTOR';
  static override examples = ['knarr cordon knarr'];
  static override table = cordonFlags;

  async run(): Promise<void> {
    await this.runVerb(cordonFlags, cordon);
  }
}
