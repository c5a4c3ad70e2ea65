import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { role } from '../../cli/verbs/create/rbac/roles';

export default class CreateRole extends VerbCommand {
  static override summary = 'Create a role of one rule';
  static override synopsis = 'NAME --verb=VERB --resource=RESOURCE[.GROUP][/SUBRESOURCE] [--resource-name=NAME]';
  static override examples = [
    'knarr create role pod-reader --verb=get,list,watch --resource=pods',
    'knarr create role scaler --verb=patch --resource=deployments.apps/scale --resource-name=web',
  ];
  static override table = role.flags;

  async run(): Promise<void> {
    await this.runVerb(role.flags, creates(role));
  }
}
