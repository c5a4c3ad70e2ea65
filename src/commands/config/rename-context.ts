import { VerbCommand } from '../../cli/command/verb-command';
import { renameContext } from '../../cli/verbs/config/contexts';

export default class ConfigRenameContext extends VerbCommand {
  static override summary = 'Give a context another name';
  static override synopsis = 'NAME NEW_NAME';
  static override examples = ['knarr config rename-context knarr laptop'];
  static override table = {};

  async run(): Promise<void> {
    await this.runVerb({}, renameContext);
  }
}
