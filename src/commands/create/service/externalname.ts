import { VerbCommand } from '../../../cli/command/verb-command';
import { creates } from '../../../cli/verbs/create/generator';
import { externalName } from '../../../cli/verbs/create/services/services';

export default class CreateServiceExternalName extends VerbCommand {
  static override summary = 'Create a service that stands for a DNS name';
  static override synopsis = 'NAME --external-name=DNSNAME [--tcp=PORT[:TARGETPORT]]';
  static override examples = ['knarr create service externalname db-out --external-name=db.example'];
  static override table = externalName.flags;

  async run(): Promise<void> {
    await this.runVerb(externalName.flags, creates(externalName));
  }
}
