import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { podDisruptionBudget } from '../../cli/verbs/create/policy/policy';

export default class CreatePodDisruptionBudget extends VerbCommand {
  static override summary = 'Say how many pods of an application must stay';
  static override synopsis = 'NAME --selector=SELECTOR (--min-available=N | --max-unavailable=N)';
  static override examples = [
    'knarr create poddisruptionbudget web --selector=app=web --min-available=1',
    'knarr create pdb web-most --selector=app=web --max-unavailable=20%',
  ];
  static override table = podDisruptionBudget.flags;

  async run(): Promise<void> {
    await this.runVerb(podDisruptionBudget.flags, creates(podDisruptionBudget));
  }
}
