import { VerbCommand } from '../cli/command/verb-command';
import { portForwardFlags } from '../cli/verbs/port-forward/flags';
import { portForward } from '../cli/verbs/port-forward/port-forward';

export default class PortForward extends VerbCommand {
  static override summary = 'Forward ports of this machine to a pod';
  static override description = 'Of a workload or service one pod is taken; when it is replaced, the next one takes its place. LOCAL may be left out or 0 for any free port.';
  static override synopsis = '(POD | TYPE/NAME) [LOCAL:]REMOTE …';
  static override examples = ['knarr port-forward service/web 8080:80', 'knarr port-forward web :80', 'knarr port-forward deployment/web 8080:http --address 0.0.0.0'];
  static override table = portForwardFlags;

  async run(): Promise<void> {
    await this.runVerb(portForwardFlags, portForward);
  }
}
