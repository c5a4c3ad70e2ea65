import { VerbCommand } from '../../cli/command/verb-command';
import { deleteEntry } from '../../cli/verbs/config/entries';

export default class ConfigDeleteContext extends VerbCommand {
  static override summary = 'Remove a context';
  static override synopsis = 'NAME';
  static override examples = ['knarr config delete-context old'];
  static override table = {};

  async run(): Promise<void> {
    await this.runVerb({}, deleteEntry('contexts', 'context'));
  }
}
