import { VerbCommand } from '../../cli/command/verb-command';
import { deleteEntry } from '../../cli/verbs/config/entries';

export default class ConfigDeleteCluster extends VerbCommand {
  static override summary = 'Remove a cluster entry';
  static override synopsis = 'NAME';
  static override examples = ['knarr config delete-cluster old'];
  static override table = {};

  async run(): Promise<void> {
    await this.runVerb({}, deleteEntry('clusters', 'cluster'));
  }
}
