import { VerbCommand } from '../cli/command/verb-command';
import { drain } from '../cli/verbs/drain/drain';
import { drainFlags } from '../cli/verbs/drain/flags';

export default class Drain extends VerbCommand {
  static override summary = 'Take the pods off a node and keep new ones away';
  static override synopsis = 'NODE';
  static override examples = ['knarr drain knarr --ignore-daemonsets --delete-emptydir-data', 'knarr drain -l pool=old --timeout=5m'];
  static override table = drainFlags;

  async run(): Promise<void> {
    await this.runVerb(drainFlags, drain);
  }
}
