import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { quota } from '../../cli/verbs/create/policy/policy';

export default class CreateQuota extends VerbCommand {
  static override summary = 'Limit what a namespace may use';
  static override synopsis = 'NAME [--hard=RESOURCE=AMOUNT,…] [--scopes=SCOPE,…]';
  static override examples = [
    'knarr create quota small --hard=cpu=2,memory=4Gi,pods=20',
    'knarr create quota best-effort --hard=pods=10 --scopes=BestEffort',
  ];
  static override table = quota.flags;

  async run(): Promise<void> {
    await this.runVerb(quota.flags, creates(quota));
  }
}
