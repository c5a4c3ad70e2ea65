import { VerbCommand } from '../cli/command/verb-command';
import { autoscale } from '../cli/verbs/autoscale/autoscale';
import { autoscaleFlags } from '../cli/verbs/autoscale/flags';

export default class Autoscale extends VerbCommand {
  static override summary = 'Let the number of replicas follow the load';
  static override synopsis = '(-f FILE | TYPE NAME | TYPE/NAME) [--min=N] --max=N [--cpu-percent=PERCENT]';
  static override examples = ['knarr autoscale deployment web --min=2 --max=5', 'knarr autoscale deployment web --max=5 --cpu-percent=80'];
  static override table = autoscaleFlags;

  async run(): Promise<void> {
    await this.runVerb(autoscaleFlags, autoscale);
  }
}
