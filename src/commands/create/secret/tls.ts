import { VerbCommand } from '../../../cli/command/verb-command';
import { creates } from '../../../cli/verbs/create/generator';
import { tlsSecret } from '../../../cli/verbs/create/secret/tls';

export default class CreateSecretTLS extends VerbCommand {
  static override summary = 'Create a secret of a certificate and its key';
  static override synopsis = 'NAME --cert=FILE --key=FILE';
  static override examples = ['knarr create secret tls web-cert --cert=web.crt --key=web.key'];
  static override table = tlsSecret.flags;

  async run(): Promise<void> {
    await this.runVerb(tlsSecret.flags, creates(tlsSecret));
  }
}
