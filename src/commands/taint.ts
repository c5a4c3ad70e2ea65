import { VerbCommand } from '../cli/command/verb-command';
import { taint } from '../cli/verbs/taint/taint';
import { taintFlags } from '../cli/verbs/taint/flags';

export default class Taint extends VerbCommand {
  static override summary = 'Change the taints of nodes';
  static override synopsis = 'NODE NAME KEY=VALUE:EFFECT … | KEY:EFFECT- …';
  static override examples = ['knarr taint nodes --all dedicated=web:NoSchedule', 'knarr taint nodes --all dedicated-'];
  static override table = taintFlags;

  async run(): Promise<void> {
    await this.runVerb(taintFlags, taint);
  }
}
