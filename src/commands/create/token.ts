import { VerbCommand } from '../../cli/command/verb-command';
import { tokenFlags } from '../../cli/verbs/create/token/flags';
import { createToken } from '../../cli/verbs/create/token/token';

export default class CreateToken extends VerbCommand {
  static override summary = 'Ask for a token of a service account';
  static override synopsis = 'SERVICEACCOUNT [--duration=TIME] [--audience=AUDIENCE]';
  static override examples = ['knarr create token default', 'knarr create token default --duration=10m'];
  static override table = tokenFlags;

  async run(): Promise<void> {
    await this.runVerb(tokenFlags, createToken);
  }
}
