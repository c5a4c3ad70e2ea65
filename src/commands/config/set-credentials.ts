import { VerbCommand } from '../../cli/command/verb-command';
import { setCredentials, setCredentialsFlags } from '../../cli/verbs/config/set-credentials';

export default class ConfigSetCredentials extends VerbCommand {
  static override summary = 'Add or change a user entry';
  static override synopsis = 'NAME';
  static override examples = ['knarr config set-credentials me --token=TOKEN'];
  static override table = setCredentialsFlags;

  async run(): Promise<void> {
    await this.runVerb(setCredentialsFlags, setCredentials);
  }
}
