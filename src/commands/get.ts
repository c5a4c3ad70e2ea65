import { VerbCommand } from '../cli/command/verb-command';
import { get } from '../cli/verbs/get/get';
import { getFlags } from '../cli/verbs/get/flags';

export default class Get extends VerbCommand {
  static override summary = 'Show resources';
  static override description = 'Names of types may be short (po, deploy), singular or plural, and carry a group: deployments.apps. "all" stands for the usual ones.';
  static override synopsis = '(TYPE[.VERSION][.GROUP] [NAME ... | -l SELECTOR] | TYPE/NAME ... | -f FILE)';
  static override examples = [
    'knarr get pods', 'knarr get deploy,svc -A -o wide', 'knarr get pod/web -o yaml', 'knarr get pods -l app=web -w',
    "knarr get nodes -o jsonpath='{.items[*].metadata.name}'", 'knarr get pods --sort-by=.metadata.creationTimestamp',
  ];
  static override table = getFlags;

  async run(): Promise<void> {
    await this.runVerb(getFlags, get);
  }
}
