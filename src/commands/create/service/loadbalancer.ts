import { VerbCommand } from '../../../cli/command/verb-command';
import { creates } from '../../../cli/verbs/create/generator';
import { loadBalancer } from '../../../cli/verbs/create/services/services';

export default class CreateServiceLoadBalancer extends VerbCommand {
  static override summary = 'Create a service behind a load balancer';
  static override synopsis = 'NAME --tcp=PORT[:TARGETPORT]';
  static override examples = ['knarr create service loadbalancer web-out --tcp=80:8080'];
  static override table = loadBalancer.flags;

  async run(): Promise<void> {
    await this.runVerb(loadBalancer.flags, creates(loadBalancer));
  }
}
