import { VerbCommand } from '../../cli/command/verb-command';
import { canI } from '../../cli/verbs/auth/can-i';
import { canIFlags } from '../../cli/verbs/auth/flags';

export default class AuthCanI extends VerbCommand {
  static override summary = 'Tell whether you may do something';
  static override synopsis = 'VERB (TYPE | TYPE/NAME | /PATH)';
  static override examples = ['knarr auth can-i create deployments', 'knarr auth can-i get pods --subresource=log --as=jane', 'knarr auth can-i --list'];
  static override table = canIFlags;

  async run(): Promise<void> {
    await this.runVerb(canIFlags, canI);
  }
}
