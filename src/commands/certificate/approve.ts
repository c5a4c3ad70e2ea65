import { VerbCommand } from '../../cli/command/verb-command';
import { approveCertificate } from '../../cli/verbs/certificate/certificate';
import { certificateFlags } from '../../cli/verbs/certificate/flags';

export default class CertificateApprove extends VerbCommand {
  static override summary = 'Approve requests for certificates';
  static override synopsis = '(NAME … | -f FILE)';
  static override examples = ['knarr certificate approve jane'];
  static override table = certificateFlags;

  async run(): Promise<void> {
    await this.runVerb(certificateFlags, approveCertificate);
  }
}
