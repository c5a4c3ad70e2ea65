import { VerbCommand } from '../../cli/command/verb-command';
import { create } from '../../cli/verbs/create/create';
import { createFlags } from '../../cli/verbs/create/flags';

export default class Create extends VerbCommand {
  static override summary = 'Create objects from files, or of a type';
  static override synopsis = '-f FILE';
  static override examples = ['knarr create -f web.yaml', 'cat web.yaml | knarr create -f -', 'knarr create deployment web --image=nginx'];
  static override table = createFlags;

  async run(): Promise<void> {
    await this.runVerb(createFlags, create);
  }
}
