import { VerbCommand } from '../../cli/command/verb-command';
import { configView, configViewFlags } from '../../cli/verbs/config/view';

export default class ConfigView extends VerbCommand {
  static override summary = 'Show the kubeconfig, files merged';
  static override synopsis = '';
  static override examples = ['knarr config view --minify'];
  static override table = configViewFlags;

  async run(): Promise<void> {
    await this.runVerb(configViewFlags, configView);
  }
}
