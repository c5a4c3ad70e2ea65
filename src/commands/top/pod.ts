import { VerbCommand } from '../../cli/command/verb-command';
import { topPodFlags } from '../../cli/verbs/top/flags';
import { topPod } from '../../cli/verbs/top/top';

export default class TopPod extends VerbCommand {
  static override summary = 'Show what pods use';
  static override synopsis = '[NAME | -l SELECTOR]';
  static override examples = ['knarr top pod', 'knarr top pod --all-namespaces --containers', 'knarr top pod --sort-by=cpu --sum'];
  static override table = topPodFlags;

  async run(): Promise<void> {
    await this.runVerb(topPodFlags, topPod);
  }
}
