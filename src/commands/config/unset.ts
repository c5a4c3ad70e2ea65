import { VerbCommand } from '../../cli/command/verb-command';
import { unsetProperty } from '../../cli/verbs/config/set-property';

export default class ConfigUnset extends VerbCommand {
  static override summary = 'Remove a single value of a kubeconfig';
  static override synopsis = 'PROPERTY';
  static override examples = ['knarr config unset contexts.mine.namespace', 'knarr config unset users.jane'];
  static override table = {};

  async run(): Promise<void> {
    await this.runVerb({}, unsetProperty);
  }
}
