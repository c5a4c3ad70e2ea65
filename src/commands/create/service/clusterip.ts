import { VerbCommand } from '../../../cli/command/verb-command';
import { creates } from '../../../cli/verbs/create/generator';
import { clusterIP } from '../../../cli/verbs/create/services/services';

export default class CreateServiceClusterIP extends VerbCommand {
  static override summary = 'Create a service inside the cluster';
  static override synopsis = 'NAME [--tcp=PORT[:TARGETPORT]] [--clusterip=IP]';
  static override examples = ['knarr create service clusterip web --tcp=80:8080', 'knarr create service clusterip db --clusterip=None'];
  static override table = clusterIP.flags;

  async run(): Promise<void> {
    await this.runVerb(clusterIP.flags, creates(clusterIP));
  }
}
