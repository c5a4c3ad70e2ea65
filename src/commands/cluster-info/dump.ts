import { VerbCommand } from '../../cli/command/verb-command';
import { clusterInfoDump, clusterInfoDumpFlags } from '../../cli/verbs/cluster-info/dump';

export default class ClusterInfoDump extends VerbCommand {
  static override summary = 'Print the state of the cluster, logs included';
  static override synopsis = '';
  static override examples = ['knarr cluster-info dump --output-directory=state', 'knarr cluster-info dump --namespaces=default,kube-system -o yaml'];
  static override table = clusterInfoDumpFlags;

  async run(): Promise<void> {
    await this.runVerb(clusterInfoDumpFlags, clusterInfoDump);
  }
}
