import { VerbCommand } from '../../cli/command/verb-command';
import { createSharedFlags } from '../../cli/verbs/create/flags';
import { createServiceAccount } from '../../cli/verbs/create/simple/simple';

export default class CreateServiceAccount extends VerbCommand {
  static override summary = 'Create a service account';
  static override synopsis = 'NAME';
  static override examples = ['knarr create serviceaccount builder'];
  static override table = createSharedFlags;

  async run(): Promise<void> {
    await this.runVerb(createSharedFlags, createServiceAccount);
  }
}
