import { VerbCommand } from '../../cli/command/verb-command';
import { setCluster, setClusterFlags } from '../../cli/verbs/config/set-cluster';

export default class ConfigSetCluster extends VerbCommand {
  static override summary = 'Add or change a cluster entry';
  static override synopsis = 'NAME';
  static override examples = ['knarr config set-cluster lab --server=https://10.0.0.1:6443'];
  static override table = setClusterFlags;

  async run(): Promise<void> {
    await this.runVerb(setClusterFlags, setCluster);
  }
}
