import { VerbCommand } from '../cli/command/verb-command';
import { deleteVerb } from '../cli/verbs/delete/delete';
import { deleteFlags } from '../cli/verbs/delete/flags';

export default class Delete extends VerbCommand {
  static override summary = 'Delete objects by name, label or file';
  static override synopsis = '([-f FILE] | TYPE (NAME … | -l LABEL | --all))';
  static override examples = ['knarr delete pod web', 'knarr delete -f web.yaml', 'knarr delete pods,services -l app=web', 'knarr delete pod web --now'];
  static override table = deleteFlags;

  async run(): Promise<void> {
    await this.runVerb(deleteFlags, deleteVerb);
  }
}
