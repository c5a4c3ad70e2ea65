import { VerbCommand } from '../../cli/command/verb-command';
import { createSharedFlags } from '../../cli/verbs/create/flags';
import { createNamespace } from '../../cli/verbs/create/simple/simple';

export default class CreateNamespace extends VerbCommand {
  static override summary = 'Create a namespace';
  static override synopsis = 'NAME';
  static override examples = ['knarr create namespace test'];
  static override table = createSharedFlags;

  async run(): Promise<void> {
    await this.runVerb(createSharedFlags, createNamespace);
  }
}
