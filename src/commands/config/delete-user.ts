import { VerbCommand } from '../../cli/command/verb-command';
import { deleteEntry } from '../../cli/verbs/config/entries';

export default class ConfigDeleteUser extends VerbCommand {
  static override summary = 'Remove a user entry';
  static override synopsis = 'NAME';
  static override examples = ['knarr config delete-user old'];
  static override table = {};

  async run(): Promise<void> {
    await this.runVerb({}, deleteEntry('users', 'user'));
  }
}
