import { VerbCommand } from '../../cli/command/verb-command';
import { useContext } from '../../cli/verbs/config/contexts';

export default class ConfigUseContext extends VerbCommand {
  static override summary = 'Make a context the current one';
  static override synopsis = 'NAME';
  static override examples = ['knarr config use-context knarr'];
  static override table = {};

  async run(): Promise<void> {
    await this.runVerb({}, useContext);
  }
}
