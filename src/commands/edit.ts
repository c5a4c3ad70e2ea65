import { VerbCommand } from '../cli/command/verb-command';
import { edit } from '../cli/verbs/edit/edit';
import { editFlags } from '../cli/verbs/edit/flags';

export default class Edit extends VerbCommand {
  static override summary = 'Edit objects of the server in your editor';
  static override description = 'The editor is the one of KUBE_EDITOR or EDITOR, else vi. A file that the server refuses is opened again with the reasons on top.';
  static override synopsis = '(TYPE NAME … | TYPE/NAME … | -f FILE)';
  static override examples = ['knarr edit deployment/web', 'KUBE_EDITOR=nano knarr edit service web', 'knarr edit deployment web --subresource=status -o json'];
  static override table = editFlags;

  async run(): Promise<void> {
    await this.runVerb(editFlags, edit);
  }
}
