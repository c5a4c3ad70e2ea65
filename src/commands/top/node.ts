import { VerbCommand } from '../../cli/command/verb-command';
import { topNodeFlags } from '../../cli/verbs/top/flags';
import { topNode } from '../../cli/verbs/top/top';

export default class TopNode extends VerbCommand {
  static override summary = 'Show what nodes use';
  static override synopsis = '[NAME | -l SELECTOR]';
  static override examples = ['knarr top node', 'knarr top node --sort-by=memory'];
  static override table = topNodeFlags;

  async run(): Promise<void> {
    await this.runVerb(topNodeFlags, topNode);
  }
}
