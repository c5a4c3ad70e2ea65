import { VerbCommand } from '../../cli/command/verb-command';
import { setFlags, setProperty } from '../../cli/verbs/config/set-property';

export default class ConfigSet extends VerbCommand {
  static override summary = 'Set a single value of a kubeconfig';
  static override synopsis = 'PROPERTY VALUE';
  static override examples = ['knarr config set clusters.mine.server https://10.0.0.1:6443', 'knarr config set contexts.mine.namespace test'];
  static override table = setFlags;

  async run(): Promise<void> {
    await this.runVerb(setFlags, setProperty);
  }
}
