import { VerbCommand } from '../../cli/command/verb-command';
import { setContext, setContextFlags } from '../../cli/verbs/config/contexts';

export default class ConfigSetContext extends VerbCommand {
  static override summary = 'Add or change a context';
  static override synopsis = '(NAME | --current) [--cluster=NAME] [--user=NAME] [--namespace=NAME]';
  static override examples = ['knarr config set-context --current --namespace=dev'];
  static override table = setContextFlags;

  async run(): Promise<void> {
    await this.runVerb(setContextFlags, setContext);
  }
}
