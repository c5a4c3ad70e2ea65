import { VerbCommand } from '../../cli/command/verb-command';
import { denyCertificate } from '../../cli/verbs/certificate/certificate';
import { certificateFlags } from '../../cli/verbs/certificate/flags';

export default class CertificateDeny extends VerbCommand {
  static override summary = 'Deny requests for certificates';
  static override synopsis = '(NAME … | -f FILE)';
  static override examples = ['knarr certificate deny jane'];
  static override table = certificateFlags;

  async run(): Promise<void> {
    await this.runVerb(certificateFlags, denyCertificate);
  }
}
