import { VerbCommand } from '../cli/command/verb-command';
import { whyFlags } from '../cli/verbs/why/flags';
import { why } from '../cli/verbs/why/why';

export default class Why extends VerbCommand {
  static override summary = 'Tell whether one pod may reach another or a Service: selector, endpoints, ports, and the network policies that decide';
  static override synopsis = '(pod/NAME | IP) (pod/NAME:PORT | service/NAME[:PORT] | IP:PORT)';
  static override examples = ['knarr why pod/web pod/db:5432', 'knarr why pod/web service/db', 'knarr why pod/web pod/dns:53 --udp --to-namespace=kube-system', 'knarr why pod/web 192.0.2.7:443'];
  static override table = whyFlags;

  async run(): Promise<void> {
    await this.runVerb(whyFlags, why);
  }
}
