import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { clusterRole } from '../../cli/verbs/create/rbac/roles';

export default class CreateClusterRole extends VerbCommand {
  static override summary = 'Create a role for the whole cluster';
  static override synopsis = 'NAME --verb=VERB --resource=RESOURCE[.GROUP][/SUBRESOURCE] [--resource-name=NAME]';
  static override examples = [
    'knarr create clusterrole pod-reader --verb=get,list,watch --resource=pods',
    'knarr create clusterrole metrics --verb=get --non-resource-url=/metrics',
    'knarr create clusterrole monitoring --aggregation-rule=team=monitoring',
  ];
  static override table = clusterRole.flags;

  async run(): Promise<void> {
    await this.runVerb(clusterRole.flags, creates(clusterRole));
  }
}
