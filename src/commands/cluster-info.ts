import { VerbCommand } from '../cli/command/verb-command';
import { clusterInfo, clusterInfoFlags } from '../cli/verbs/cluster-info/cluster-info';

export default class ClusterInfo extends VerbCommand {
  static override summary = 'Tell where the cluster answers';
  static override synopsis = '';
  static override examples = ['knarr cluster-info'];
  static override table = clusterInfoFlags;

  async run(): Promise<void> {
    await this.runVerb(clusterInfoFlags, clusterInfo);
  }
}
