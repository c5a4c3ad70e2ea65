import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { roleBinding } from '../../cli/verbs/create/rbac/bindings';

export default class CreateRoleBinding extends VerbCommand {
  static override summary = 'Give a role to users, groups and service accounts';
  static override synopsis = 'NAME (--role=NAME | --clusterrole=NAME) [--user=NAME] [--group=NAME] [--serviceaccount=NAMESPACE:NAME]';
  static override examples = [
    'knarr create rolebinding jane-views --clusterrole=view --user=jane',
    'knarr create rolebinding builder-edits --clusterrole=edit --serviceaccount=default:builder',
  ];
  static override table = roleBinding.flags;

  async run(): Promise<void> {
    await this.runVerb(roleBinding.flags, creates(roleBinding));
  }
}
