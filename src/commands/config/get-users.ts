import { VerbCommand } from '../../cli/command/verb-command';
import { listNames } from '../../cli/verbs/config/entries';

export default class ConfigGetUsers extends VerbCommand {
  static override summary = 'List the users of the kubeconfig';
  static override synopsis = '';
  static override examples = ['knarr config get-users'];
  static override table = {};

  async run(): Promise<void> {
    await this.runVerb({}, listNames('users'));
  }
}
