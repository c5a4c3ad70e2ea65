import { VerbCommand } from '../../cli/command/verb-command';
import { setServiceAccountFlags } from '../../cli/verbs/set/flags';
import { setServiceAccount } from '../../cli/verbs/set/service-account';

export default class SetServiceAccount extends VerbCommand {
  static override summary = 'Set the service account of pods';
  static override synopsis = '(-f FILE | TYPE NAME) SERVICE_ACCOUNT';
  static override examples = ['knarr set serviceaccount deployment/web builder'];
  static override table = setServiceAccountFlags;

  async run(): Promise<void> {
    await this.runVerb(setServiceAccountFlags, setServiceAccount);
  }
}
