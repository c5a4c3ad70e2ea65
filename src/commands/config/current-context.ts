import { VerbCommand } from '../../cli/command/verb-command';
import { currentContext } from '../../cli/verbs/config/contexts';

export default class ConfigCurrentContext extends VerbCommand {
  static override summary = 'Print the name of the current context';
  static override synopsis = '';
  static override examples = ['knarr config current-context'];
  static override table = {};

  async run(): Promise<void> {
    await this.runVerb({}, currentContext);
  }
}
