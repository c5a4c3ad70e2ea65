import { VerbCommand } from '../../cli/command/verb-command';
import { pluginList, pluginListFlags } from '../../cli/verbs/plugin/list';

export default class PluginList extends VerbCommand {
  static override summary = 'List the plugins on your PATH';
  static override description = 'A program named kubectl-NAME or knarr-NAME is run by knarr NAME.';
  static override synopsis = '';
  static override examples = ['knarr plugin list', 'knarr plugin list --name-only'];
  static override table = pluginListFlags;

  async run(): Promise<void> {
    await this.runVerb(pluginListFlags, pluginList);
  }
}
