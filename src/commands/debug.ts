import { VerbCommand } from '../cli/command/verb-command';
import { debug } from '../cli/verbs/debug/debug';
import { debugFlags } from '../cli/verbs/debug/flags';

export default class Debug extends VerbCommand {
  static override summary = 'Look into pods and nodes by a container of your own';
  static override description = 'The container enters the pod while it runs. With --copy-to it goes into a copy of the pod, and on a node into a pod with the node\'s namespaces and its files in /host.';
  static override synopsis = '(POD | TYPE/NAME) [-- COMMAND [args …]]';
  static override examples = [
    'knarr debug web -it --image=busybox', 'knarr debug web -it --image=busybox --copy-to=web-debug', 'knarr debug web --copy-to=web-debug --set-image=*=busybox',
    'knarr debug node/knarr -it --image=busybox --profile=general',
  ];
  static override table = debugFlags;

  async run(): Promise<void> {
    await this.runVerb(debugFlags, debug);
  }
}
