import { VerbCommand } from '../cli/command/verb-command';
import { waitFlags } from '../cli/verbs/wait/flags';
import { wait } from '../cli/verbs/wait/wait';

export default class Wait extends VerbCommand {
  static override summary = 'Wait until objects are as they should be';
  static override synopsis = '([-f FILE] | TYPE NAME … | TYPE (-l SELECTOR | --all)) --for=CONDITION';
  static override examples = [
    'knarr wait --for=condition=Available deployment/web',
    'knarr wait --for=jsonpath=\'{.status.phase}\'=Running pod/web --timeout=1m',
    'knarr wait --for=delete pod/web',
  ];
  static override table = waitFlags;

  async run(): Promise<void> {
    await this.runVerb(waitFlags, wait);
  }
}
