import { VerbCommand } from '../cli/command/verb-command';
import { completion, completionFlags } from '../cli/verbs/completion/completion';

export default class Completion extends VerbCommand {
  static override summary = 'Print the script that lets a shell complete command lines';
  static override description = 'Names of what is in the cluster are completed too.';
  static override synopsis = '(bash | zsh | fish | powershell)';
  static override examples = ['source <(knarr completion bash)', 'knarr completion zsh > "${fpath[1]}/_knarr"', 'knarr completion fish | source'];
  static override table = completionFlags;

  async run(): Promise<void> {
    await this.runVerb(completionFlags, completion);
  }
}
