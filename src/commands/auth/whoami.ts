import { VerbCommand } from '../../cli/command/verb-command';
import { whoAmIFlags } from '../../cli/verbs/auth/flags';
import { whoAmI } from '../../cli/verbs/auth/whoami';

export default class AuthWhoAmI extends VerbCommand {
  static override summary = 'Tell who the server takes you for';
  static override synopsis = '';
  static override examples = ['knarr auth whoami'];
  static override table = whoAmIFlags;

  async run(): Promise<void> {
    await this.runVerb(whoAmIFlags, whoAmI);
  }
}
