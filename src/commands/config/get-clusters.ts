import { VerbCommand } from '../../cli/command/verb-command';
import { listNames } from '../../cli/verbs/config/entries';

export default class ConfigGetClusters extends VerbCommand {
  static override summary = 'List the clusters of the kubeconfig';
  static override synopsis = '';
  static override examples = ['knarr config get-clusters'];
  static override table = {};

  async run(): Promise<void> {
    await this.runVerb({}, listNames('clusters'));
  }
}
