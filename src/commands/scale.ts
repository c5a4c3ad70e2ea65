import { VerbCommand } from '../cli/command/verb-command';
import { scaleFlags } from '../cli/verbs/scale/flags';
import { scale } from '../cli/verbs/scale/scale';

export default class Scale extends VerbCommand {
  static override summary = 'Set the number of replicas of a workload';
  static override synopsis = '--replicas=COUNT ([-f FILE] | TYPE NAME …)';
  static override examples = ['knarr scale deployment web --replicas=3', 'knarr scale --replicas=2 -f web.yaml', 'knarr scale deployment web --current-replicas=3 --replicas=1'];
  static override table = scaleFlags;

  async run(): Promise<void> {
    await this.runVerb(scaleFlags, scale);
  }
}
