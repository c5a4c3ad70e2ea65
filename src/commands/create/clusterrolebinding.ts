import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { clusterRoleBinding } from '../../cli/verbs/create/rbac/bindings';

export default class CreateClusterRoleBinding extends VerbCommand {
  static override summary = 'Give a cluster role to users, groups and service accounts';
  static override synopsis = 'NAME --clusterrole=NAME [--user=NAME] [--group=NAME] [--serviceaccount=NAMESPACE:NAME]';
  static override examples = ['knarr create clusterrolebinding jane-rules --clusterrole=cluster-admin --user=jane'];
  static override table = clusterRoleBinding.flags;

  async run(): Promise<void> {
    await this.runVerb(clusterRoleBinding.flags, creates(clusterRoleBinding));
  }
}
