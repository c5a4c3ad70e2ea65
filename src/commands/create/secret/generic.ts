import { VerbCommand } from '../../../cli/command/verb-command';
import { createSecret } from '../../../cli/verbs/create/data/data';
import { createSecretFlags } from '../../../cli/verbs/create/data/flags';

export default class CreateSecretGeneric extends VerbCommand {
  static override summary = 'Create a secret of files and values';
  static override synopsis = 'NAME [--type=TYPE] [--from-file=[KEY=]PATH] [--from-literal=KEY=VALUE] [--from-env-file=FILE]';
  static override examples = ['knarr create secret generic db --from-literal=password=secret'];
  static override table = createSecretFlags;

  async run(): Promise<void> {
    await this.runVerb(createSecretFlags, createSecret);
  }
}
