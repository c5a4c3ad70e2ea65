import { VerbCommand } from '../cli/command/verb-command';
import { uncordon } from '../cli/verbs/cordon/cordon';
import { cordonFlags } from '../cli/verbs/cordon/flags';

export default class Uncordon extends VerbCommand {
  static override summary = 'Let new pods onto nodes again';
  static override synopsis = 'NODE … | -l SELECTOR';
  static override examples = ['knarr uncordon knarr'];
  static override table = cordonFlags;

  async run(): Promise<void> {
    await this.runVerb(cordonFlags, uncordon);
  }
}
